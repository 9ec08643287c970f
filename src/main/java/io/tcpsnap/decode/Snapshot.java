package io.tcpsnap.decode;

import io.tcpsnap.kernel.KernelVersion;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a decoder must know of the tick that its bytes come from.
 *
 * @param id number of the tick, unique in a set of archives opened together
 * @param tsMicros nominal time, microseconds since the epoch, UTC
 * @param host name of the recorded host in UTF-8
 * @param netns name of the network namespace in UTF-8, null where unknown
 * @param clockTick USER_HZ, the unit of {@code tm->when}, rto and ato in /proc/net/tcp; 0 where unknown
 * @param byteOrder byte order of the recorded host
 * @param kernel release of its kernel as {@link KernelVersion} numbers it, 0 where unknown
 */
public record Snapshot(
        long id, long tsMicros, byte[] host, byte[] netns, int clockTick, ByteOrder byteOrder, int kernel) {
    /** As the constructor, of texts and of the kernel's release, which may be null. */
    public static Snapshot of(
            long id, long tsMicros, String host, String netns, int clockTick, ByteOrder byteOrder, String release) {
        return new Snapshot(id, tsMicros, utf8(host), utf8(netns), clockTick, byteOrder, KernelVersion.of(release));
    }

    /** The same tick in another network namespace; {@code netns} null for this one. */
    public Snapshot in(String netns) {
        return netns == null ? this : new Snapshot(id, tsMicros, host, utf8(netns), clockTick, byteOrder, kernel);
    }

    /** Whether the kernel is known to be older than a release. */
    boolean isBefore(int release) {
        return kernel != KernelVersion.UNKNOWN && kernel < release;
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
