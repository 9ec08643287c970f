package io.tcpsnap.archive;

/**
 * A part of a segment that is read by itself.
 *
 * @param offset in the file
 * @param length in the file
 */
public record Frame(long offset, long length) {}
