package io.tcpsnap.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an archive out of ticks that are at hand, as zstd or as gzip. Under its name the file is whole from the start: it
 * gets the name when it is closed with {@link #finish}, and replaces nothing.
 */
public final class ArchiveWriter implements Closeable {
    private static final int FRAME_TICKS = 60;
    private static final int FRAME_BYTES = 64 << 20;

    private final Path path;
    private final Path temporary;
    private final FileChannel file;
    private final FrameCopy frames;
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();
    private final CRC32 crc = new CRC32();
    private final boolean gzip;
    private Manifest manifest;
    private int ticks;
    private long seconds;
    private long written;

    private ArchiveWriter(Path path) throws IOException {
        this.path = path;
        this.temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        this.gzip = isGzip(path);
        Files.deleteIfExists(temporary); // of a run that was killed
        this.file = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        this.frames = new FrameCopy(file, SegmentWriter.LEVEL, () -> {});
    }

    /** Whether a name is that of an archive, and not of a folder for some. */
    public static boolean isFile(Path path) {
        return isGzip(path) || String.valueOf(path.getFileName()).endsWith(".tar.zst");
    }

    private static boolean isGzip(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".tgz") || name.endsWith(".tar.gz");
    }

    /** @throws FileAlreadyExistsException where there is such a file: nothing is replaced */
    public static ArchiveWriter create(Path path) throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return new ArchiveWriter(path.toAbsolutePath());
    }

    /**
     * {@code <host>-<UTC start>.tar.zst} in a folder, with {@code -1} and so on behind the time where there is one already.
     */
    public static Path nameIn(Path folder, String host, long startNanos) {
        SegmentName name = SegmentName.of(host, startNanos);
        while (Files.exists(folder.resolve(name.toString()))) {
            name = name.next();
        }
        return folder.resolve(name.toString());
    }

    /** The name of a tick's folder. */
    public static String tickName(long realtimeNanos) {
        return TickName.of(realtimeNanos);
    }

    public Path path() {
        return path;
    }

    /** Begins a frame: ticks that follow are of this manifest. */
    public void manifest(Manifest next) throws IOException {
        if (!next.equals(manifest)) {
            endFrame();
            manifest = next;
        }
    }

    /**
     * Writes a tick. Lengths and CRCs of its record are those of the entries given; sources without an entry stay as they are.
     *
     * @param name of its folder: {@link Tick#name} or {@link #tickName}
     */
    public void tick(String name, TickRecord record, List<Entry> entries) throws IOException {
        if (ticks == FRAME_TICKS || tar.size() > FRAME_BYTES) {
            endFrame();
        }
        beginFrame();
        seconds = Math.floorDiv(record.realtimeNanos(), 1_000_000_000L);
        String folder = name + "/";
        for (Entry entry : entries) {
            append(folder + entry.path(), entry.bytes(), entry.length());
        }
        byte[] mark = withSums(record, entries).toJson();
        append(folder + TickRecord.ENTRY, mark, mark.length);
        ticks++;
    }

    private TickRecord withSums(TickRecord record, List<Entry> entries) {
        Map<String, Entry> unlisted = new LinkedHashMap<>();
        entries.forEach(entry -> unlisted.put(entry.path(), entry));
        List<SourceRecord> sources = new ArrayList<>();
        for (SourceRecord source : record.sources()) {
            Entry entry = unlisted.remove(source.path());
            sources.add(entry == null ? source : withSum(source, entry));
        }
        unlisted.forEach((path, entry) -> sources.add(withSum(new SourceRecord(path, -1, -1, 0, 0, null), entry)));
        return record.withSources(sources);
    }

    private SourceRecord withSum(SourceRecord source, Entry entry) {
        crc.reset();
        crc.update(entry.bytes(), 0, entry.length());
        return new SourceRecord(
                source.path(),
                source.offsetNanos(),
                source.durationNanos(),
                entry.length(),
                crc.getValue(),
                source.error());
    }

    private void beginFrame() {
        if (ticks == 0 && tar.size() == 0) {
            byte[] json = manifest.toJson();
            append(Manifest.ENTRY, json, json.length);
        }
    }

    private void append(String name, byte[] bytes, int length) {
        boolean fits = Ustar.fits(name);
        if (!fits) {
            tar.writeBytes(Ustar.longName(name));
        }
        byte[] header = new byte[Ustar.BLOCK];
        Ustar.write(header, 0, fits ? name : "long-name", length, seconds);
        tar.writeBytes(header);
        tar.write(bytes, 0, length);
        pad((int) (Ustar.padded(length) - length));
    }

    private void pad(int zeros) {
        tar.write(new byte[zeros], 0, zeros);
    }

    private void endFrame() throws IOException {
        if (tar.size() == 0) {
            return;
        }
        if (gzip) {
            OutputStream out = Channels.newOutputStream(file); // not closed: that would close the file
            GZIPOutputStream member = new GZIPOutputStream(out, 1 << 16);
            tar.writeTo(member);
            member.finish();
        } else {
            frames.compress(new ByteArrayInputStream(tar.toByteArray()), windowLog());
        }
        written = file.position();
        tar.reset();
        ticks = 0;
    }

    /** Whether a frame of a segment can be copied as it is: stock tar would take the last one's end for this archive's. */
    public boolean canCopy(Segment segment, Frame frame) {
        List<Frame> all = segment.frames();
        return !gzip
                && segment instanceof FileSegment source
                && source.packing() == Packing.ZSTD
                && !frame.equals(all.get(all.size() - 1));
    }

    /** Copies a frame that {@link #canCopy} and is sound. */
    public void copy(Segment segment, Frame frame) throws IOException {
        endFrame();
        try (InputStream content = Packing.ZSTD.unpack(bytes(segment, frame), false)) {
            frames.copy(bytes(segment, frame), new byte[0], content.transferTo(OutputStream.nullOutputStream()));
        }
        written = file.position();
    }

    private static InputStream bytes(Segment segment, Frame frame) throws IOException {
        return new Slice(FileChannel.open(segment.path(), StandardOpenOption.READ), frame.offset(), frame.length());
    }

    private int windowLog() {
        int log = 64 - Long.numberOfLeadingZeros(Math.max(1, 2L * tar.size() / Math.max(1, ticks) - 1));
        return Math.min(SegmentWriter.MAX_WINDOW_LOG, Math.max(SegmentWriter.MIN_WINDOW_LOG, log));
    }

    /** Bytes in the file so far. */
    public long size() {
        return written;
    }

    /** Ends the archive and gives it its name. */
    public void finish() throws IOException {
        beginFrame();
        pad(2 * Ustar.BLOCK);
        endFrame();
        if (!gzip) {
            frames.end(false);
        }
        file.force(false);
        written = file.size();
        file.close();
        Files.createLink(path, temporary); // unlike a rename it replaces nothing
    }

    /** Without {@link #finish} nothing of it is left. */
    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(temporary);
    }
}
