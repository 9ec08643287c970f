package io.tcpsnap.archive;

import java.nio.file.Path;

/**
 * What a segment that is being written has: its bytes up to {@code size} stay as they are.
 *
 * @param openFrame start of the frame that has no end yet; -1 where there is none
 * @param size bytes up to the last whole tick
 */
public record Extent(Path path, long openFrame, long size) {}
