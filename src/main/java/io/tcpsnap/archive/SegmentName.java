package io.tcpsnap.archive;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a segment file: {@code <host>-<UTC start>.tar.zst}, with {@code -1} and so on behind the time where segments began
 * in the same second. They sort by time.
 *
 * @param host name of the host, as far as it can be in a name
 * @param start {@code 20261122T074200}
 * @param number 0 for the first of a second
 */
public record SegmentName(String host, String start, int number) implements Comparable<SegmentName> {
    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{8}T\\d{6})Z(?:-(\\d{1,9}))?\\.tar\\.zst");
    private static final Comparator<SegmentName> ORDER =
            Comparator.comparing(SegmentName::start).thenComparing(SegmentName::number);

    /** The first of a second; {@code host} may have any bytes. */
    public static SegmentName of(String host, long realtimeNanos) {
        return new SegmentName(host.replaceAll("[^A-Za-z0-9._-]", "_"), TickName.seconds(realtimeNanos), 0);
    }

    /** Reads a name; null where it is none of a segment. */
    public static SegmentName parse(String file) {
        Matcher m = FORM.matcher(file);
        if (!m.matches()) {
            return null;
        }
        return new SegmentName(m.group(1), m.group(2), m.group(3) == null ? 0 : Integer.parseInt(m.group(3)));
    }

    public SegmentName next() {
        return new SegmentName(host, start, number + 1);
    }

    @Override
    public int compareTo(SegmentName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return host + "-" + start + "Z" + (number == 0 ? "" : "-" + number) + ".tar.zst";
    }
}
