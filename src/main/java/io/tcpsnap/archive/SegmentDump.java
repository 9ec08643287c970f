package io.tcpsnap.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Copies the newest frames of a recording into an archive of its own, while the recording goes on. Frames are copied as
 * they are, but for the last of each closed segment: what ends its tar would end the copy's for stock tar.
 */
public final class SegmentDump {
    private final long from;
    private final byte[] manifest;

    /**
     * A frame to copy.
     *
     * @param open it has no end in its segment
     * @param last it ends with the end of the segment's tar
     */
    private record Part(Path segment, Frame frame, boolean open, boolean last) {
        InputStream bytes() throws IOException {
            return new Slice(FileChannel.open(segment, StandardOpenOption.READ), frame.offset(), frame.length());
        }

        InputStream content() throws IOException {
            return Packing.ZSTD.unpack(bytes(), open);
        }
    }

    /**
     * @param manifest of the recording
     * @param fromNanos time of the first tick to copy; the frame that holds it is copied whole
     */
    public SegmentDump(Manifest manifest, long fromNanos) {
        this.manifest = manifest.toJson();
        this.from = fromNanos;
    }

    /**
     * Writes {@code <host>-<UTC time>.tar.zst}, mode 0600, into a folder, which is created with mode 0700. Under that name
     * the file is whole from the start.
     *
     * @param segments of one recording, oldest first
     */
    public Path write(Path folder, SegmentName first, List<Extent> segments) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path temporary = folder.resolve("." + first + ".tmp");
        Files.deleteIfExists(temporary); // of a recorder that was killed
        try {
            try (FileChannel file = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                FrameCopy copy = new FrameCopy(file, SegmentWriter.LEVEL, () -> {});
                for (Part part : parts(segments)) {
                    copy(part, copy);
                }
                copy.endOfTar(manifest);
                copy.end(false);
                file.force(false);
            }
            return name(temporary, folder, first);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path name(Path temporary, Path folder, SegmentName first) throws IOException {
        for (SegmentName name = first; ; name = name.next()) {
            Path path = folder.resolve(name.toString());
            try {
                Files.createLink(path, temporary); // unlike a rename it replaces nothing
                return path;
            } catch (FileAlreadyExistsException e) {
                // there was a dump in the same second
            }
        }
    }

    private static void copy(Part part, FrameCopy copy) throws IOException {
        if (part.open()) {
            FrameEnd end = FrameEnd.of(part.bytes());
            copy.copy(part.bytes(), end.bytes(), end.contentLength());
        } else if (part.last()) {
            copy.compress(new WithoutEnd(part.content()), SegmentWriter.MIN_WINDOW_LOG);
        } else {
            try (InputStream content = part.content()) {
                copy.copy(part.bytes(), new byte[0], content.transferTo(OutputStream.nullOutputStream()));
            }
        }
    }

    /** From the newest frame back, until one begins before the time asked for. */
    private Deque<Part> parts(List<Extent> segments) throws IOException {
        Deque<Part> parts = new ArrayDeque<>();
        for (int i = segments.size() - 1; i >= 0; i--) {
            List<Part> all = parts(segments.get(i));
            for (int k = all.size() - 1; k >= 0; k--) {
                parts.addFirst(all.get(k));
                if (start(all.get(k)) <= from) {
                    return parts;
                }
            }
        }
        return parts;
    }

    private static List<Part> parts(Extent segment) throws IOException {
        List<Part> parts = new ArrayList<>();
        boolean torn;
        try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.READ)) {
            long closed = segment.openFrame() < 0 ? segment.size() : segment.openFrame();
            FrameWalk walk = new FrameWalk(segment.path(), file, damage -> {});
            for (Frame frame : walk.frames()) {
                if (frame.offset() + frame.length() <= closed) {
                    parts.add(new Part(segment.path(), frame, false, false));
                }
            }
            torn = walk.torn();
        }
        if (segment.openFrame() >= 0) {
            Frame open = new Frame(segment.openFrame(), segment.size() - segment.openFrame());
            parts.add(new Part(segment.path(), open, true, false));
        } else if (!parts.isEmpty()) {
            Frame last = parts.remove(parts.size() - 1).frame();
            parts.add(new Part(segment.path(), last, torn, !torn)); // torn where the disk was full when it was closed
        }
        return parts;
    }

    /** Time of the first tick; Long.MAX_VALUE where there is none. */
    private static long start(Part part) throws IOException {
        try (TarReader tar = new TarReader(part.content())) {
            while (tar.next()) {
                EntryName name = EntryName.parse(tar.name());
                if (name != null && name.tick() != null) {
                    return TickName.parse(name.tick());
                }
            }
            return Long.MAX_VALUE;
        }
    }

    /** A tar without the blocks of zeros at its end. */
    private static final class WithoutEnd extends FilterInputStream {
        private final byte[] block = new byte[Ustar.BLOCK];
        /** Bytes of zeros that were passed over and turned out not to be the end. */
        private long zeros;

        private int at = Ustar.BLOCK;
        private boolean ended;

        WithoutEnd(InputStream tar) {
            super(tar);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (zeros == 0 && at == Ustar.BLOCK && !nextBlock()) {
                return -1;
            }
            int n;
            if (zeros > 0) {
                n = (int) Math.min(length, zeros);
                java.util.Arrays.fill(bytes, from, from + n, (byte) 0);
                zeros -= n;
            } else {
                n = Math.min(length, Ustar.BLOCK - at);
                System.arraycopy(block, at, bytes, from, n);
                at += n;
            }
            return n;
        }

        private boolean nextBlock() throws IOException {
            while (!ended && in.readNBytes(block, 0, Ustar.BLOCK) == Ustar.BLOCK) {
                if (!Ustar.isZero(block)) {
                    at = 0;
                    return true;
                }
                zeros += Ustar.BLOCK;
            }
            ended = true;
            zeros = 0;
            return false;
        }
    }
}
