package io.tcpsnap.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A folder of files that were dear to make, for their owner only. A file appears under its name when it is whole, and never
 * changes then: processes need no locks, and one that reads a file keeps it when another deletes it. What belongs to another
 * user, or is writable by one, is never used.
 */
public final class Cache {
    private static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOREIGN_WRITERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final String SUFFIX = ".duckdb";
    /** A file in the making is written to all the time: one that was not for so long belongs to a killed process. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static int made;

    private final Path folder;
    private final String program;
    private final UserPrincipal owner;
    private final long limit;

    private Cache(Path folder, String program, UserPrincipal owner, long limit) {
        this.folder = folder;
        this.program = program;
        this.owner = owner;
        this.limit = limit;
    }

    /**
     * Opens a folder, which is made where it is missing.
     *
     * @param limit bytes that its files may have together
     * @return null where this program does not run from its jar
     * @throws IOException where it cannot be used; the message says why
     */
    public static Cache open(Path folder, long limit) throws IOException {
        String program = Fingerprint.ofProgram();
        if (program == null) {
            return null;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
        }
        UserPrincipal owner = Files.getOwner(Path.of("/proc/self"));
        if (!isTrusted(Files.readAttributes(folder, PosixFileAttributes.class), owner)) {
            throw new IOException(folder + " belongs to another user, or is writable by one");
        }
        return new Cache(folder, program, owner, limit);
    }

    private static boolean isTrusted(PosixFileAttributes file, UserPrincipal owner) {
        return file.owner().equals(owner) && file.permissions().stream().noneMatch(FOREIGN_WRITERS::contains);
    }

    private Path path(String segment, String table) {
        return folder.resolve(segment + "-" + program + "." + table + SUFFIX);
    }

    /** The file of a table of a segment, which counts as used now; null where there is none to be trusted. */
    public Path find(String segment, String table) {
        Path path = path(segment, table);
        try {
            PosixFileAttributes file = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile() || !isTrusted(file, owner)) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // a read-only file system: nothing is deleted there either
        }
        return path;
    }

    /**
     * A path that is not used, for a file in the making.
     *
     * @param own folder of this process, which is made where it is missing
     */
    public synchronized Path unfinished(Path own) throws IOException {
        Files.createDirectories(own, PosixFilePermissions.asFileAttribute(PRIVATE_FOLDER));
        return own.resolve("new-" + made++);
    }

    /** Gives a finished file its name, and deletes what was not used for the longest time where there is too much. */
    public Path publish(Path unfinished, String segment, String table) throws IOException {
        Files.setPosixFilePermissions(unfinished, PRIVATE_FILE);
        Path path = path(segment, table);
        Files.move(unfinished, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        trim(path);
        return path;
    }

    /** Deletes a file in the making, with what DuckDB writes beside it. */
    public void discard(Path unfinished) {
        for (String suffix : List.of("", ".wal")) {
            delete(Path.of(unfinished + suffix));
        }
    }

    /** Deletes a file that turned out to be no good. */
    public void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // it stays, and is found again: no harm but its size
        }
    }

    /** A file with its size and when it was used. */
    private record Kept(Path path, long size, FileTime used) {}

    private void trim(Path newest) throws IOException {
        List<Kept> files = new ArrayList<>();
        FileTime old = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                try {
                    Kept file = new Kept(child, Files.size(child), Files.getLastModifiedTime(child));
                    if (child.toString().endsWith(SUFFIX)) {
                        files.add(file);
                    } else if (file.used().compareTo(old) < 0 && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                        deleteFolder(child);
                    }
                } catch (IOException e) {
                    // another process has just deleted or renamed it
                }
            }
        }
        files.sort(Comparator.comparing(Kept::used));
        long total = files.stream().mapToLong(Kept::size).sum();
        for (Kept file : files) {
            if (total > limit && !file.path().equals(newest)) {
                delete(file.path());
                total -= file.size();
            }
        }
    }

    /** Deletes what a killed process left. */
    private void deleteFolder(Path left) throws IOException {
        String pid = left.getFileName().toString().replaceFirst(".*-", "");
        if (Files.exists(Path.of("/proc", pid))) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(left)) {
            files.forEach(this::delete);
        }
        delete(left);
    }

    /** Where a process may have a folder {@code NAME-PID} of its own, for files that are not kept. */
    public Path folder() {
        return folder;
    }
}
