package io.tcpsnap.archive;

import java.nio.ByteOrder;
import java.util.List;

/**
 * {@code tcpsnap.json}: what a segment is, first entry of each frame.
 *
 * @param format version of the archive format
 * @param tool name and version of the program that wrote it
 * @param recording identifies one run of the recorder over all its segments
 * @param host name of the host
 * @param kernel release, {@code 6.18.44}
 * @param kernelVersion build, {@code #1 SMP ...}
 * @param machine {@code x86_64}
 * @param byteOrder of the host; null where unknown
 * @param clockTick USER_HZ; 0 where unknown
 * @param bootId boot of the host; null where unknown
 * @param netns the recorder's network namespace, {@code net:[4026531840]}; null where unknown
 * @param intervalNanos asked distance of ticks; 0 for a single one
 * @param sources paths of the sources that were asked for
 */
public record Manifest(
        int format,
        String tool,
        String recording,
        String host,
        String kernel,
        String kernelVersion,
        String machine,
        ByteOrder byteOrder,
        int clockTick,
        String bootId,
        String netns,
        long intervalNanos,
        List<String> sources) {
    /** The format that this program writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    public static final String ENTRY = "tcpsnap.json";
}
