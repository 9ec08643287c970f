package io.tcpsnap.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Gathers the files of one tick and decides whether it counts: its commit mark is there, and every file that the mark
 * names, with the length and CRC32 that it says. Buffers are reused from tick to tick.
 */
final class TickBuilder {
    /** Each processor may read a tick, whose buffers grow by copies. */
    private static final int SHARES = Math.max(8, 3 * Runtime.getRuntime().availableProcessors());

    /** What one tick may take of the memory, since a file of a few kilobytes may say that it holds terabytes. */
    static final long MAX_BYTES = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / SHARES);

    private static final int MAX_ENTRIES = 100_000;

    private final List<byte[]> buffers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private final CRC32 crc = new CRC32();
    private String name;
    /** Bytes of the tick so far. */
    private long size;
    /** Why the tick does not count, whatever follows; null where nothing was found. */
    private String flaw;

    /** Name of the tick's folder; null before the first. */
    String name() {
        return name;
    }

    void begin(String tick) {
        name = tick;
        entries.clear();
        paths.clear();
        flaw = null;
        size = 0;
        if (buffers.stream().mapToLong(bytes -> bytes.length).sum() > MAX_BYTES) {
            buffers.clear(); // sizes that changed places have made all of them large
        }
    }

    /** Whether the tick takes a file of this size; else the tick does not count, and the file is to be skipped. */
    boolean hasRoom(String path, long length) {
        if (flaw == null) {
            size += length;
            if (size > MAX_BYTES || path.equals(TickRecord.ENTRY) && length > TickRecord.MAX_BYTES) {
                flaw = path + " of " + length + " bytes: the tick is larger than " + MAX_BYTES + " bytes, 1/" + SHARES
                        + " of the memory: give Java more (-Xmx)";
            } else if (entries.size() == MAX_ENTRIES) {
                flaw = "more than " + MAX_ENTRIES + " files";
            } else if (!paths.add(path)) {
                flaw = path + " is there twice";
            }
        }
        return flaw == null;
    }

    /** A buffer for the next file. */
    byte[] buffer() {
        return entries.size() < buffers.size() ? buffers.get(entries.size()) : new byte[0];
    }

    void add(String path, byte[] bytes, int length) {
        if (entries.size() < buffers.size()) {
            buffers.set(entries.size(), bytes);
        } else {
            buffers.add(bytes);
        }
        entries.add(new Entry(path, bytes, length));
    }

    /** Whether the commit mark was added. */
    boolean hasMark() {
        return entries.stream().anyMatch(entry -> entry.path().equals(TickRecord.ENTRY));
    }

    /**
     * The tick as committed.
     *
     * @throws IOException where it does not count; the message says why
     */
    Tick commit(Manifest manifest, int segment) throws IOException {
        Entry mark = null;
        List<Entry> files = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (entry.path().equals(TickRecord.ENTRY)) {
                mark = entry;
            } else {
                files.add(entry);
            }
        }
        if (flaw != null) {
            throw new IOException(flaw);
        }
        if (mark == null) {
            throw new IOException("no " + TickRecord.ENTRY + ", its commit mark: the tick was not written to its end");
        }
        TickRecord record;
        try {
            record = TickRecord.parse(mark.bytes(), mark.length(), TickName.parse(name));
        } catch (IOException e) {
            throw new IOException(TickRecord.ENTRY + ": " + e.getMessage(), e);
        }
        Tick tick = new Tick(manifest, record, name, segment, List.copyOf(files));
        check(tick);
        return tick;
    }

    private void check(Tick tick) throws IOException {
        Map<String, Entry> unlisted = new HashMap<>();
        tick.entries().forEach(entry -> unlisted.put(entry.path(), entry));
        for (SourceRecord source : tick.record().sources()) {
            Entry entry = unlisted.remove(source.path());
            if (entry == null) {
                if (source.error() == null) {
                    throw new IOException(source.path() + " is missing");
                }
                continue;
            }
            if (source.length() >= 0 && source.length() != entry.length()) {
                throw new IOException(
                        source.path() + " has " + entry.length() + " bytes instead of " + source.length());
            }
            crc.reset();
            crc.update(entry.bytes(), 0, entry.length());
            if (source.crc32() >= 0 && source.crc32() != crc.getValue()) {
                throw new IOException(source.path() + " does not match its CRC32");
            }
        }
        if (!tick.record().sources().isEmpty() && !unlisted.isEmpty()) {
            throw new IOException(unlisted.keySet().iterator().next() + " is not in " + TickRecord.ENTRY);
        }
    }
}
