package io.tcpsnap.capture;

/**
 * What a recorder does with its folder.
 *
 * @param rotate a segment ends when it is so old or so large
 * @param keep older segments go when they ended so long ago, or when all together are so large; {@link Limit#NONE}
 * @param drops whether older segments go where there is no room on the disk
 * @param floor what stays free on the disk
 * @param syncNanos how much recording a power cut may cost; 0 for no more than a tick
 * @param dumpNanos how far back a dump goes
 * @param dumpsOnTrigger whether a trigger makes one
 * @param packs whether closed segments are packed in the background
 */
public record Storage(
        Limit rotate,
        Limit keep,
        boolean drops,
        Floor floor,
        long syncNanos,
        long dumpNanos,
        boolean dumpsOnTrigger,
        boolean packs) {
    public static final Storage DEFAULTS = new Storage(
            new Limit(3_600_000_000_000L, 256_000_000L),
            Limit.NONE,
            false,
            new Floor(0.05, 1L << 30),
            5_000_000_000L,
            600_000_000_000L,
            false,
            false);

    /**
     * A time or a size, whichever comes first.
     *
     * @param nanos Long.MAX_VALUE for no limit, as of bytes
     */
    public record Limit(long nanos, long bytes) {
        public static final Limit NONE = new Limit(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Free space that the recorder leaves alone.
     *
     * @param share of the file system's size, 0 to 1
     * @param atMost in bytes
     */
    public record Floor(double share, long atMost) {
        long bytes(long total) {
            return Math.min((long) (share * total), atMost);
        }
    }
}
