package io.tcpsnap.archive;

/**
 * How one source of a tick was taken.
 *
 * @param path the entry, {@code proc/net/tcp}
 * @param offsetNanos start of the reading, counted from the tick's time
 * @param durationNanos how long the reading took
 * @param length bytes taken
 * @param crc32 of the bytes taken
 * @param error why the source could not be read, as {@code ENOENT}; null where it was
 */
public record SourceRecord(String path, long offsetNanos, long durationNanos, int length, int crc32, String error) {}
