package io.tcpsnap.archive;

/**
 * How one source of a tick was taken. Archives that this program did not write may lack any number: -1 then.
 *
 * @param path the entry, {@code proc/net/tcp}
 * @param offsetNanos start of the reading, counted from the tick's time
 * @param durationNanos how long the reading took
 * @param length bytes taken
 * @param crc32 of the bytes taken, unsigned
 * @param error why the source could not be read, as {@code ENOENT}; null where it was
 */
public record SourceRecord(String path, long offsetNanos, long durationNanos, long length, long crc32, String error) {}
