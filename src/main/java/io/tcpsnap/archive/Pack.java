package io.tcpsnap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;

/**
 * Compresses a segment again, frame by frame, as well as zstd can: the same content in the same frames, in a fifth less
 * bytes or better, at some 500 times the CPU. A bit of the seek table that the seekable format leaves to its users tells
 * that it was done. The file is replaced in one step when the new one is on the disk and was read back.
 */
public final class Pack {
    private static final int LEVEL = 19;

    /** What came of it. */
    public enum Outcome {
        PACKED,
        WAS_PACKED,
        /** Not a closed segment in zstd: a recorder may still write it, or it is for its owner to save. */
        LEFT_ALONE
    }

    /**
     * How it ended.
     *
     * @param reason why it was left alone; else null
     * @param before size in bytes
     * @param after size in bytes
     */
    public record Result(Outcome outcome, String reason, long before, long after) {}

    private final Path path;
    private final LongConsumer progress;
    private final Runnable pace;

    /**
     * @param progress hears how many bytes of the segment are done
     * @param pace is called often, and may wait so that the work takes no more than its share
     */
    public Pack(Path path, LongConsumer progress, Runnable pace) {
        this.path = path;
        this.progress = progress;
        this.pace = pace;
    }

    /** Packs the segment; throws IOException where that fails for another reason than the segment itself. */
    public Result run() throws IOException {
        long before = Files.size(path);
        if (isPacked()) {
            return new Result(Outcome.WAS_PACKED, null, before, before);
        }
        Segment segment;
        try {
            segment = ArchiveSet.open(List.of(path.toString())).segments().get(0);
        } catch (CorruptArchiveException e) {
            return leftAlone(before, e.getMessage());
        }
        String flaw = flaw(segment);
        if (flaw != null) {
            return leftAlone(before, flaw);
        }
        Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        try {
            write(segment, temporary);
            Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(path));
            Files.setLastModifiedTime(temporary, Files.getLastModifiedTime(path));
            long after = Files.size(temporary);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
            return new Result(Outcome.PACKED, null, before, after);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Result leftAlone(long size, String reason) {
        return new Result(Outcome.LEFT_ALONE, reason, size, size);
    }

    private boolean isPacked() throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return SeekTable.isPacked(file);
        }
    }

    /** Why the segment is not to be touched; null where it is sound. */
    private String flaw(Segment segment) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (Packing.of(file) != Packing.ZSTD) {
                return "is not packed by zstd";
            }
            if (!segment.closed() || SeekTable.read(file) == null) {
                return "is not closed: it is being written, or its recorder was killed";
            }
        }
        List<Damage> damage = new ArrayList<>();
        for (Frame frame : segment.frames()) {
            try (TickReader reader = segment.read(frame, damage::add)) {
                while (damage.isEmpty() && reader.next() != null) {
                    pace.run();
                }
            }
        }
        return damage.isEmpty() ? null : "is damaged: " + damage.get(0).reason();
    }

    private void write(Segment segment, Path temporary) throws IOException {
        Files.deleteIfExists(temporary); // of a run that was killed
        List<Long> sums = new ArrayList<>();
        try (FileChannel file = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            FrameCopy copy = new FrameCopy(file, LEVEL, pace);
            for (Frame frame : segment.frames()) {
                sums.add(copy.compress(content(path, frame.offset(), frame.length()), windowLog(frame)));
                progress.accept(frame.offset() + frame.length());
            }
            copy.end(true);
            file.force(false);
            check(temporary, copy.frames(), sums);
        }
    }

    /** The same window: a reader needs no more memory than before. */
    private int windowLog(Frame frame) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer head = SeekTable.read(file, frame.offset(), 6);
            boolean single = (head.get(4) & 0x20) != 0; // then there is no window descriptor
            int log = single ? SegmentWriter.MIN_WINDOW_LOG : 10 + (head.get(5) >> 3 & 31);
            return Math.min(SegmentWriter.MAX_WINDOW_LOG, Math.max(SegmentWriter.MIN_WINDOW_LOG, log));
        }
    }

    private static InputStream content(Path path, long offset, long length) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        return Packing.ZSTD.unpack(new Slice(file, offset, length), false);
    }

    /** Reads back what was written: the old file is gone after this. */
    private void check(Path temporary, List<long[]> frames, List<Long> sums) throws IOException {
        long offset = 0;
        byte[] bytes = new byte[1 << 16];
        for (int i = 0; i < frames.size(); i++) {
            CRC32 crc = new CRC32();
            try (InputStream in = content(temporary, offset, frames.get(i)[0])) {
                for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                    crc.update(bytes, 0, n);
                }
            }
            if (crc.getValue() != sums.get(i)) {
                throw new FileSystemException(
                        path.toString(), null, "reads back other bytes than were written: kept as it was");
            }
            offset += frames.get(i)[0];
            pace.run();
        }
    }

    private void syncFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
