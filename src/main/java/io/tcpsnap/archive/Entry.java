package io.tcpsnap.archive;

/**
 * One file of a tick.
 *
 * @param path below the tick's folder: {@code proc/net/tcp}
 * @param bytes its content, verbatim, from index 0; may be longer than the content
 * @param length length of the content
 */
public record Entry(String path, byte[] bytes, int length) {}
