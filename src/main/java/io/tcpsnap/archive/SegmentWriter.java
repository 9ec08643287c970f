package io.tcpsnap.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Writes one segment file, tick by tick. Only committed ticks reach the file. Not for more than one thread.
 *
 * <p>Level 1 with a window that holds the previous tick and a hash table that indexes it: that makes a tick three to four
 * times smaller than compressing it alone, at less CPU. Long-distance matching would be larger and dearer.
 */
public final class SegmentWriter implements Closeable {
    private static final long FRAME_NANOS = 60_000_000_000L;
    private static final int FRAME_TICKS = 60;
    private static final long FRAME_BYTES = 256L << 20;
    static final int LEVEL = 1;
    static final int HASH_LOG = 20;
    static final int MIN_WINDOW_LOG = 23;
    static final int MAX_WINDOW_LOG = 27;
    /** An empty raw block: stock zstd then gives out all that was flushed before it. */
    private static final byte[] PADDING = {0, 0, 0};

    private static final byte[] ZEROS = new byte[Ustar.BLOCK];

    private final Path path;
    private final FileChannel file;
    private final byte[] manifest;
    private final CRC32 crc = new CRC32();
    /** Compressed and not yet written. */
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);

    private final List<long[]> frames = new ArrayList<>();
    /** The tick so far: headers, contents and padding of its files. */
    private final List<ByteBuffer> tick = new ArrayList<>();

    private long tickLength;
    private String tickName;
    private long tickSeconds;
    private long tickNanos;
    private ZstdOutputStreamNoFinalizer frame;
    private int windowLog;
    private long frameStart;
    private long frameNanos;
    /** Time of the first tick in the frame. */
    private long frameTickNanos;

    private int frameTicks;
    private long frameBytes;
    private long written;
    /** Start of the frame that has no end in the file yet; -1 where there is none. */
    private long openFrame = -1;
    /** How many of {@link #frames} are in the file. */
    private int framesWritten;
    /** What others may read by now. */
    private volatile Extent extent;
    /** Whether a frame in the file will stay without its end, after a failed write. */
    private boolean broken;

    private SegmentWriter(Path path, FileChannel file, Manifest manifest, long startRealtimeNanos) {
        this.path = path;
        this.file = file;
        this.manifest = manifest.toJson();
        this.tickSeconds = Math.floorDiv(startRealtimeNanos, 1_000_000_000L);
        this.tickNanos = startRealtimeNanos;
    }

    /**
     * Creates {@code <host>-<UTC start>.tar.zst} in a folder, mode 0600; where the name is taken, with {@code -1} and so on
     * behind the time. The folder is created with mode 0700 where it does not exist. The file begins with the manifest from
     * the start, so that it tells what it is whenever the recorder is killed.
     */
    public static SegmentWriter create(Path folder, Manifest manifest, long startRealtimeNanos) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        for (SegmentName name = SegmentName.of(manifest.host(), startRealtimeNanos); ; name = name.next()) {
            Path path = folder.resolve(name.toString());
            try {
                FileChannel file = FileChannel.open(
                        path,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                return begin(new SegmentWriter(path, file, manifest, startRealtimeNanos));
            } catch (FileAlreadyExistsException e) {
                // a recorder was restarted in the same second: next number
            }
        }
    }

    private static SegmentWriter begin(SegmentWriter writer) throws IOException {
        try {
            writer.startFrame();
            writer.flush();
            return writer;
        } catch (IOException e) {
            writer.file.close();
            Files.deleteIfExists(writer.path); // it would tell nothing
            throw writer.named(e);
        }
    }

    private FileSystemException named(IOException e) {
        return new FileSystemException(path.toString(), null, e.getMessage());
    }

    public Path path() {
        return path;
    }

    /** Starts a tick; one that was begun and not committed is forgotten. */
    public void begin(long realtimeNanos) {
        tickName = TickName.of(realtimeNanos);
        tickNanos = realtimeNanos;
        tickSeconds = Math.floorDiv(realtimeNanos, 1_000_000_000L);
        tick.clear();
        tickLength = 0;
    }

    /**
     * Adds a file to the tick, whose bytes must not change before the tick is committed.
     *
     * @return CRC32 of the content, for the tick's record
     */
    public long entry(String entryPath, byte[] bytes, int from, int length) {
        append(tickName + "/" + entryPath, bytes, from, length);
        crc.reset();
        crc.update(bytes, from, length);
        return crc.getValue();
    }

    private void append(String name, byte[] bytes, int from, int length) {
        byte[] header = new byte[Ustar.BLOCK];
        Ustar.write(header, 0, name, length, tickSeconds);
        tick.add(ByteBuffer.wrap(header));
        tick.add(ByteBuffer.wrap(bytes, from, length));
        int padding = (int) (Ustar.padded(length) - length);
        tick.add(ByteBuffer.wrap(ZEROS, 0, padding));
        tickLength += Ustar.BLOCK + length + padding;
    }

    /**
     * Ends the tick with its commit mark and writes it to the file; cuts frames when due.
     *
     * @throws IOException where the file system does not take it: the file then ends with the tick before, and the writer
     *     can go on with the next
     */
    public void commit(TickRecord record) throws IOException {
        byte[] json = record.toJson();
        append(tickName + "/" + TickRecord.ENTRY, json, 0, json.length);
        try {
            if (frame != null && frameIsFull()) {
                endFrame();
            }
            if (frame == null) {
                startFrame();
            }
            for (ByteBuffer part : tick) {
                frame.write(part.array(), part.position(), part.remaining());
            }
            frameTicks++;
            frameBytes += tickLength;
            flush();
        } catch (IOException e) {
            rollBack();
            throw named(e);
        }
    }

    private void flush() throws IOException {
        frame.flush();
        out.writeBytes(PADDING);
        writeOut();
    }

    /**
     * Brings the file to the disk; from any thread.
     *
     * @throws IOException where the disk does not take it; the file has the ticks all the same, as far as the kernel knows
     */
    public void sync() throws IOException {
        try {
            file.force(false);
        } catch (ClosedChannelException e) {
            // closing it brought it to the disk
        } catch (IOException e) {
            throw named(e);
        }
    }

    private boolean frameIsFull() {
        return frameTicks >= FRAME_TICKS && (span(System.nanoTime(), frameNanos) || span(tickNanos, frameTickNanos))
                || frameBytes >= FRAME_BYTES
                || windowLog(tickLength) > windowLog;
    }

    /**
     * Whether a frame lasts long enough, by the clock or by the times of its ticks: what is imported is written faster than
     * it was recorded, and is to be read in parallel too.
     */
    private static boolean span(long now, long start) {
        return now - start >= FRAME_NANOS;
    }

    /** The smallest window that holds two ticks: a smaller one loses all that the previous tick would save. */
    private static int windowLog(long tickBytes) {
        int log = 64 - Long.numberOfLeadingZeros(Math.max(1, 2 * tickBytes - 1));
        return Math.min(MAX_WINDOW_LOG, Math.max(MIN_WINDOW_LOG, log));
    }

    private void startFrame() throws IOException {
        windowLog = windowLog(tickLength);
        frameStart = written + out.size();
        frameNanos = System.nanoTime();
        frameTickNanos = tickNanos;
        frameTicks = 0;
        frame = new ZstdOutputStreamNoFinalizer(out);
        frame.setLevel(LEVEL).setWindowLog(windowLog).setHashLog(HASH_LOG).setChecksum(true);
        byte[] entry = new byte[(int) (Ustar.BLOCK + Ustar.padded(manifest.length))];
        Ustar.write(entry, 0, Manifest.ENTRY, manifest.length, tickSeconds);
        System.arraycopy(manifest, 0, entry, Ustar.BLOCK, manifest.length);
        frame.write(entry);
        frameBytes = entry.length;
    }

    private void endFrame() throws IOException {
        frame.close();
        frame = null;
        frames.add(new long[] {written + out.size() - frameStart, frameBytes});
    }

    private void writeOut() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
        int size = bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        written += size;
        out.reset();
        openFrame = frame == null ? -1 : frameStart;
        framesWritten = frames.size();
        extent = new Extent(path, openFrame, written);
    }

    /** After a failed write: the file ends behind the last whole tick, and the next tick starts a frame. */
    private void rollBack() {
        out.reset();
        if (frame != null) {
            try {
                frame.close();
            } catch (IOException e) {
                // it was to go nowhere
            }
            frame = null;
            out.reset();
        }
        frames.subList(framesWritten, frames.size()).clear();
        try {
            file.truncate(written);
            file.position(written);
            endOpenFrame();
        } catch (IOException e) {
            broken = true; // the reader drops what is behind the last whole tick, and finds the next frame
        }
    }

    /** Puts the end of the frame that the file ends in before whatever is written next. */
    private void endOpenFrame() throws IOException {
        if (openFrame >= 0) {
            FileChannel readable = FileChannel.open(path, StandardOpenOption.READ);
            FrameEnd end = FrameEnd.of(new Slice(readable, openFrame, written - openFrame));
            out.writeBytes(end.bytes());
            frames.add(new long[] {written + end.bytes().length - openFrame, end.contentLength()});
        }
    }

    /** What the file has; from any thread. */
    public Extent extent() {
        return extent;
    }

    /** Size of the file so far. */
    public long size() {
        return written;
    }

    /**
     * Ends the archive: end of tar, end of frame, seek table.
     *
     * @throws IOException where the file system does not take that: the file then ends with its last whole tick
     */
    @Override
    public void close() throws IOException {
        if (!file.isOpen()) {
            return;
        }
        try (file) {
            writeEnd();
            file.force(false);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private void writeEnd() throws IOException {
        if (frame == null) {
            startFrame(); // the last write failed
        }
        frame.write(new byte[2 * Ustar.BLOCK]);
        frameBytes += 2 * Ustar.BLOCK;
        endFrame();
        if (!broken) {
            out.writeBytes(SeekTable.bytes(frames));
        }
        try {
            writeOut();
        } catch (IOException e) {
            file.truncate(written);
            throw e;
        }
    }
}
