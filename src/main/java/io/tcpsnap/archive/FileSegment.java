package io.tcpsnap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A segment in one file: {@code .tar.zst}, {@code .tar.gz} or {@code .tar}. */
final class FileSegment implements Segment {
    private final Path path;
    private final int index;
    private final Packing packing;
    private final Peek peek;
    private final List<Frame> frames;
    private final List<Damage> damage;
    private final long size;
    private final boolean closed;

    private FileSegment(
            Path path,
            int index,
            Packing packing,
            Peek peek,
            List<Frame> frames,
            List<Damage> damage,
            long size,
            boolean closed) {
        this.path = path;
        this.index = index;
        this.packing = packing;
        this.peek = peek;
        this.frames = frames;
        this.damage = damage;
        this.size = size;
        this.closed = closed;
    }

    /** Opens a file; throws {@link CorruptArchiveException} where it is no archive. */
    static FileSegment open(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            if (size == 0) {
                throw new CorruptArchiveException(path, "is empty: no tick was recorded into it");
            }
            Packing packing = Packing.of(file);
            if (packing == null) {
                throw new CorruptArchiveException(
                        path, "is no tcpsnap archive: it begins neither as zstd nor as gzip nor as tar");
            }
            List<Damage> damage = new ArrayList<>();
            List<Frame> frames = List.of(new Frame(0, size));
            boolean closed = true;
            if (packing == Packing.ZSTD) {
                List<Frame> table = SeekTable.read(file);
                FrameWalk walk = new FrameWalk(path, file, damage::add);
                frames = table != null ? table : walk.frames();
                closed = !walk.torn();
            }
            Frame last = closed || frames.isEmpty() ? null : frames.get(frames.size() - 1);
            Peek peek = Peek.at(
                    path,
                    frames,
                    frame -> unpack(path, packing, frame, last != null && frame.offset() == last.offset()));
            return new FileSegment(path, 0, packing, peek, List.copyOf(frames), damage, size, closed);
        }
    }

    private static InputStream unpack(Path path, Packing packing, Frame frame, boolean torn) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            InputStream unpacked = packing.unpack(new Slice(file, frame.offset(), frame.length()), torn);
            return new Bounded(unpacked, frame.length(), file.size());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The same segment with its number in a set. */
    @Override
    public FileSegment numbered(int number) {
        return new FileSegment(path, number, packing, peek, frames, damage, size, closed);
    }

    Packing packing() {
        return packing;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Manifest manifest() {
        return peek.manifest();
    }

    @Override
    public String firstTick() {
        return peek.firstTick();
    }

    @Override
    public String firstTickOf(Frame frame) throws IOException {
        return Peek.firstTick(unpack(path, packing, frame, isTorn(frame)));
    }

    @Override
    public List<Frame> frames() {
        return frames;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public TickReader read(Frame frame, Consumer<Damage> listener) throws IOException {
        if (frame.equals(frames.get(0))) {
            damage.forEach(listener);
        }
        InputStream in = unpack(path, packing, frame, isTorn(frame));
        return new TarTicks(new TarReader(in), new TarTicks.Origin(this, frame, listener));
    }

    private boolean isTorn(Frame frame) {
        return !closed && frame.equals(frames.get(frames.size() - 1));
    }
}
