package io.tcpsnap.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * One recorder for each folder: {@code .lock} with a lock of the kernel on it, and the holder's pid in it. The file stays
 * when the recorder ends, since taking it away could leave two recorders with a lock each; the lock itself does not.
 */
public final class FolderLock implements Closeable {
    private static final String NAME = ".lock";
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes a folder; it is created with mode 0700 where it does not exist.
     *
     * @throws IOException where another recorder has it; the message says its pid
     */
    public static FolderLock take(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel file = FileChannel.open(
                folder.resolve(NAME),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw held(folder, file);
            }
            file.truncate(0);
            writePid(file);
            return new FolderLock(file);
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new FileSystemException(folder.toString(), null, "this program records into it already");
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static void writePid(FileChannel file) {
        String pid = ProcessHandle.current().pid() + "\n";
        try {
            file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            // a full disk: the lock holds, it only does not say whose it is
        }
    }

    private static FileSystemException held(Path folder, FileChannel file) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        file.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return new FileSystemException(
                folder.toString(),
                null,
                "another recorder writes there: process " + (pid.isEmpty() ? "unknown" : pid)
                        + "; end it, or choose another folder");
    }

    /** Whether others than the owner may do anything with a folder. */
    public static boolean isOpenToOthers(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(OF_OTHERS);
        permissions.retainAll(Files.getPosixFilePermissions(folder));
        return !permissions.isEmpty();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
