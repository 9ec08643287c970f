package io.tcpsnap.cli;

import io.tcpsnap.capture.Storage;
import io.tcpsnap.capture.Storage.Floor;
import io.tcpsnap.capture.Storage.Limit;
import picocli.CommandLine.Option;

/** What {@code record} is told about its folder. */
final class StorageOptions {
    /** Of what is to be kept, a segment is one part in so many, since whole segments go. */
    private static final int PARTS = 10;

    @Option(
            names = "--rotate",
            paramLabel = "LIMIT",
            description = "Begin a new segment after a time or at a size, whichever comes first: 10m, 64MB, or both as"
                    + " 1h,256MB (default).")
    private String rotate;

    @Option(
            names = "--keep",
            paramLabel = "LIMIT",
            description =
                    "Delete the oldest segments of this host in the folder, beyond an age or a size of all of them:"
                            + " 24h, 2GB, or both as 24h,2GB. By default all are kept.")
    private String keep;

    @Option(
            names = "--min-free",
            paramLabel = "SPACE",
            description = "Leave so much of the disk free, 5%% or 500MB: below it, delete the oldest segments; where"
                    + " none is left, pause. By default pause below 5%%, or 1 GiB on a large disk, and delete nothing.")
    private String minFree;

    @Option(
            names = "--sync",
            paramLabel = "TIME",
            description = "How much recording a power cut may cost: 5s (default); 0s brings each tick to the disk.")
    private String sync;

    @Option(
            names = "--ring",
            paramLabel = "TIME",
            description =
                    "Keep the last 30m, say, only: --keep TIME. SIGUSR1 copies so much, or without this option 10"
                            + " minutes, into the folder dumps, where nothing is deleted; so does a trigger that begins to hold.")
    private String ring;

    @Option(
            names = "--pack",
            description = "Pack closed segments in the background, at low priority and within a fifth of a CPU, as"
                    + " 'tcpsnap pack' does.")
    private boolean pack;

    /** Throws IllegalArgumentException with the option and the reason. */
    Storage storage() {
        if (ring != null && keep != null) {
            throw new IllegalArgumentException("--ring: is --keep with a time: leave one of them out");
        }
        Limit kept = keep == null ? Limit.NONE : limit("--keep", keep);
        long dump = Storage.DEFAULTS.dumpNanos();
        if (ring != null) {
            dump = nanos("--ring", ring);
            kept = limit("--ring", ring);
        }
        Limit segment = rotate == null ? part(kept) : limit("--rotate", rotate);
        if (segment.bytes() != Long.MAX_VALUE && segment.bytes() > kept.bytes()
                || segment.nanos() != Long.MAX_VALUE && segment.nanos() > kept.nanos()) {
            throw new IllegalArgumentException(
                    "--rotate: a segment would hold more than --keep allows for all of them");
        }
        boolean drops = keep != null || ring != null || minFree != null;
        return new Storage(segment, kept, drops, floor(), syncNanos(), dump, ring != null, pack);
    }

    private static Limit part(Limit kept) {
        Limit usual = Storage.DEFAULTS.rotate();
        return new Limit(Math.min(usual.nanos(), kept.nanos() / PARTS), Math.min(usual.bytes(), kept.bytes() / PARTS));
    }

    private long syncNanos() {
        return sync == null ? Storage.DEFAULTS.syncNanos() : "0".equals(sync) ? 0 : nanos("--sync", sync);
    }

    private Floor floor() {
        if (minFree == null) {
            return Storage.DEFAULTS.floor();
        }
        if (minFree.matches("\\d{1,2}(\\.\\d+)?%")) {
            double percent = Double.parseDouble(minFree.substring(0, minFree.length() - 1));
            return new Floor(percent / 100, Long.MAX_VALUE);
        }
        if (!Size.matches(minFree)) {
            throw new IllegalArgumentException("--min-free: '" + minFree + "' is no space: write 5% or 500MB");
        }
        return new Floor(1, Size.bytes(minFree));
    }

    /** A time, a size, or one of each, between which there is a comma or {@code |}. */
    private static Limit limit(String option, String text) {
        long nanos = Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        for (String part : text.split("[,|]", -1)) {
            if (Size.matches(part)) {
                bytes = Math.min(bytes, Size.bytes(part));
            } else {
                nanos = Math.min(nanos, nanos(option, part));
            }
        }
        if (nanos == 0 || bytes == 0) {
            throw new IllegalArgumentException(option + ": must be more than nothing");
        }
        return new Limit(nanos, bytes);
    }

    private static long nanos(String option, String text) {
        try {
            return Duration.nanos(text);
        } catch (IllegalArgumentException e) {
            String size = text.matches("[\\d.]+[kKMGT]") ? " (sizes end in B)" : "";
            throw new IllegalArgumentException(option + ": " + e.getMessage() + size, e);
        }
    }
}
