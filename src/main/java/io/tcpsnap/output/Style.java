package io.tcpsnap.output;

/**
 * How tables are drawn.
 *
 * @param unicode whether lines are box drawing characters rather than ASCII
 */
public record Style(boolean unicode) {}
