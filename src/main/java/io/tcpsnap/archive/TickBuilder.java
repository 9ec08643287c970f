package io.tcpsnap.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Gathers the files of one tick and decides whether it counts: its commit mark is there, and every file that the mark
 * names, with the length and CRC32 that it says. Buffers are reused from tick to tick.
 */
final class TickBuilder {
    private final List<byte[]> buffers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final CRC32 crc = new CRC32();
    private String name;

    /** Name of the tick's folder; null before the first. */
    String name() {
        return name;
    }

    void begin(String tick) {
        name = tick;
        entries.clear();
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
        for (SourceRecord source : tick.record().sources()) {
            Entry entry = tick.entry(source.path());
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
        for (Entry entry : tick.entries()) {
            if (!tick.record().sources().isEmpty() && tick.record().source(entry.path()) == null) {
                throw new IOException(entry.path() + " is not in " + TickRecord.ENTRY);
            }
        }
    }
}
