package io.tcpsnap.duckdb;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A recording whose ticks a test writes by hand: their clocks, and the bytes of their sources. */
final class Scene implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;
    /** 2026-11-22 07:00:00 UTC: wall clocks count seconds from it. */
    private static final long EPOCH = 1_795_330_800L;

    private static final byte[] NLMSG_DONE = {20, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int INFO = 16 + 72 + 4;
    private static final int INFO_LENGTH = 280;

    private final SegmentWriter writer;
    private long seq;

    /** @param wall when it begins, in seconds */
    Scene(Path folder, String host, String machine, String recording, String bootId, double wall) throws IOException {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                "test",
                recording,
                host,
                "6.18.0",
                "",
                machine,
                ByteOrder.LITTLE_ENDIAN,
                100,
                bootId,
                "net:[1]",
                SECOND,
                List.of());
        writer = SegmentWriter.create(folder, manifest, nanos(wall));
    }

    private static long nanos(double wall) {
        return EPOCH * SECOND + Math.round(wall * SECOND);
    }

    /**
     * A tick.
     *
     * @param monotonic seconds; negative where the archive is to have none
     * @param copies by path; null bytes for a source that could not be read
     */
    Scene tick(double wall, double monotonic, long missed, Map<String, byte[]> copies) throws IOException {
        return tick(wall, monotonic, monotonic, missed, copies);
    }

    /** A tick whose CLOCK_BOOTTIME is not its CLOCK_MONOTONIC; either may be negative. */
    Scene tick(double wall, double monotonic, double boottime, long missed, Map<String, byte[]> copies)
            throws IOException {
        writer.begin(nanos(wall));
        List<SourceRecord> sources = new ArrayList<>();
        copies.forEach((path, bytes) -> {
            boolean read = bytes.length > 0;
            long crc = read ? writer.entry(path, bytes, 0, bytes.length) : 0;
            sources.add(new SourceRecord(path, 0, 1, bytes.length, crc, read ? null : "EIO"));
        });
        writer.commit(new TickRecord(
                seq++, nanos(wall), clock(monotonic), clock(boottime), 1, 1, missed, 1_000_000_000L, sources));
        return this;
    }

    private static long clock(double seconds) {
        return seconds < 0 ? -1 : Math.round(seconds * SECOND);
    }

    /** A sock_diag dump of these messages. */
    static Map<String, byte[]> diag(byte[]... messages) {
        int length = NLMSG_DONE.length;
        for (byte[] message : messages) {
            length += message.length;
        }
        ByteBuffer dump = ByteBuffer.allocate(length);
        for (byte[] message : messages) {
            dump.put(message);
        }
        return Map.of("sock_diag/tcp", dump.put(NLMSG_DONE).array());
    }

    /**
     * A message of 10.0.0.1:40001 to 10.0.0.2:443.
     *
     * @param state the kernel's number
     * @param bytesSent 64 bits
     * @param segsOut 32 bits
     */
    static byte[] socket(int state, long cookie, long inode, long bytesSent, long segsOut) {
        ByteBuffer message = ByteBuffer.allocate(INFO + INFO_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(0, message.capacity()).putShort(4, (short) 20).putShort(6, (short) 2);
        message.put(16, (byte) 2).put(17, (byte) state);
        message.order(ByteOrder.BIG_ENDIAN).putShort(20, (short) 40001).putShort(22, (short) 443);
        message.putInt(24, 0x0a000001).putInt(40, 0x0a000002).order(ByteOrder.LITTLE_ENDIAN);
        message.putLong(60, cookie).putInt(84, (int) inode);
        message.putShort(INFO - 4, (short) (INFO_LENGTH + 4)).putShort(INFO - 2, (short) 2);
        message.putInt(INFO + 136, (int) segsOut).putLong(INFO + 200, bytesSent);
        return message.array();
    }

    /** A file under proc/net. */
    static Map<String, byte[]> proc(String file, String text) {
        return Map.of("proc/net/" + file, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Lines of /proc/net/tcp for 10.0.0.1:40001 to 10.0.0.2:443: the states in hexadecimal, each followed by the inode. */
    static Map<String, byte[]> tcp(String... statesAndInodes) {
        StringBuilder text = new StringBuilder("  sl  local_address rem_address   st\n");
        for (int i = 0; i < statesAndInodes.length; i += 2) {
            String mini = statesAndInodes[i].equals("06") ? "" : " 20 4 30 10 -1";
            text.append("   ")
                    .append(i / 2)
                    .append(": 0100000A:9C41 0200000A:01BB ")
                    .append(statesAndInodes[i]);
            text.append(" 00000000:00000000 00:00000000 00000000     0        0 ")
                    .append(statesAndInodes[i + 1]);
            text.append(" 1 0000000000000000").append(mini).append('\n');
        }
        return proc("tcp", text.toString());
    }

    /** /proc/net/dev with one interface. */
    static Map<String, byte[]> dev(long rxBytes, long rxPackets) {
        return proc(
                "dev",
                "Inter-|   Receive  |  Transmit\n face |bytes    packets\n  eth0: " + rxBytes + " " + rxPackets
                        + " 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
