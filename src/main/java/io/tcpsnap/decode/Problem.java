package io.tcpsnap.decode;

/**
 * A piece of a recording that did not decode.
 *
 * @param snapshot the tick, null where the damage is outside of any tick
 * @param source path of the entry, as in the archive: {@code proc/net/tcp}
 * @param offset offset of the bytes in the source
 * @param reason what is wrong, one sentence without the bytes
 * @param bytes the bytes concerned, at most {@link #MAX_BYTES}; null where there are none
 */
public record Problem(Snapshot snapshot, String source, long offset, String reason, byte[] bytes) {
    public static final int MAX_BYTES = 512;
}
