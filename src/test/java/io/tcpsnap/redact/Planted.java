package io.tcpsnap.redact;

import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SegmentWriter;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.TickRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A recording with secrets in every place where a source may have one. */
final class Planted {
    private static final long START = 1_795_000_000_123_456_789L;

    final List<String> addresses = new ArrayList<>();
    final List<String> words = new ArrayList<>();
    private final Random random = new Random(3);
    private int next;

    /** A word that occurs nowhere else; every one is a secret. */
    private String word(String kind) {
        StringBuilder word = new StringBuilder(kind);
        for (int i = 0; i < 7; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        words.add(word.toString());
        return word.toString();
    }

    private InetAddress v4() throws IOException {
        byte[] bytes = {(byte) (11 + random.nextInt(80)), 0, 0, 0};
        for (int i = 1; i < 4; i++) {
            bytes[i] = (byte) (129 + random.nextInt(100)); // three digits each
        }
        return planted(bytes);
    }

    private InetAddress v6() throws IOException {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[0] = 0x2a;
        return planted(bytes);
    }

    private InetAddress planted(byte[] bytes) throws IOException {
        InetAddress address = InetAddress.getByAddress(bytes);
        addresses.add(address.getHostAddress());
        return address;
    }

    private static byte[] mapped(InetAddress v4) {
        byte[] bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        System.arraycopy(v4.getAddress(), 0, bytes, 12, 4);
        return bytes;
    }

    private static String words(byte[] address) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < address.length; i += 4) {
            hex.append(String.format(
                    "%08X",
                    ByteBuffer.wrap(address, i, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt()));
        }
        return hex.toString();
    }

    private String tcpRow(byte[] local, byte[] remote) {
        int inode = 10_000 + next;
        return String.format(
                Locale.ROOT,
                "%4d: %s:9C41 %s:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 %d 1 ffff888812345678 20 4 30 10 -1\n",
                next++,
                words(local),
                words(remote),
                inode);
    }

    private ByteBuffer message(byte[] local, byte[] remote) {
        ByteBuffer message = ByteBuffer.allocate(1024).order(ByteOrder.BIG_ENDIAN);
        message.position(16);
        message.put((byte) (local.length == 4 ? 2 : 10)).put((byte) 1).putShort((short) 0);
        message.putShort((short) 40001).putShort((short) 443);
        message.put(java.util.Arrays.copyOf(local, 16)).put(java.util.Arrays.copyOf(remote, 16));
        message.order(ByteOrder.LITTLE_ENDIAN).putInt(0).putLong(random.nextLong() >>> 20);
        message.putInt(0).putInt(0).putInt(0).putInt(1000).putInt(20_000 + next++);
        return message;
    }

    private static void attribute(ByteBuffer message, int type, byte[] payload) {
        message.putShort((short) (4 + payload.length)).putShort((short) type).put(payload);
        while (message.position() % 4 != 0) {
            message.put((byte) 0);
        }
    }

    private static byte[] whole(ByteBuffer message, int type) {
        message.putInt(0, message.position())
                .putShort(4, (short) type)
                .putShort(6, (short) 2)
                .putInt(12, 4711);
        return java.util.Arrays.copyOf(message.array(), message.position());
    }

    private byte[] dump(boolean done) throws IOException {
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            byte[] local = i % 3 == 0 ? v4().getAddress() : i % 3 == 1 ? v6().getAddress() : mapped(v4());
            byte[] remote = i % 3 == 0 ? v4().getAddress() : i % 3 == 1 ? v6().getAddress() : mapped(v4());
            ByteBuffer message = message(local, remote);
            if (local.length == 4) {
                message.put(24 + 4, v4().getAddress()); // rubbish where the family has no bytes
            }
            attribute(message, 2, new byte[280]);
            attribute(message, 4, (i % 2 == 0 ? "cubic\0" : word("cc") + "\0").getBytes(StandardCharsets.US_ASCII));
            attribute(message, 18, word("md5key").getBytes(StandardCharsets.US_ASCII));
            attribute(message, 40, word("attr").getBytes(StandardCharsets.US_ASCII));
            attribute(message, 12, v6().getAddress());
            if (i == 7) {
                message.put(word("tail").getBytes(StandardCharsets.US_ASCII)); // an attribute that does not fit
            }
            dump.writeBytes(whole(message, 20));
        }
        ByteBuffer other = ByteBuffer.allocate(64);
        other.position(16);
        dump.writeBytes(
                whole(other.order(ByteOrder.LITTLE_ENDIAN).put(word("other").getBytes(StandardCharsets.US_ASCII)), 99));
        if (done) {
            dump.writeBytes(new byte[] {20, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        return dump.toByteArray();
    }

    private String tcp() throws IOException {
        StringBuilder text = new StringBuilder(
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
        for (int i = 0; i < 60; i++) {
            text.append(tcpRow(v4().getAddress(), v4().getAddress()));
        }
        return text + "root@" + word("prompt") + ":~# cat /proc/net/tcp " + word("line") + "\n";
    }

    private String tcp6() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(i % 2 == 0 ? tcpRow(v6().getAddress(), v6().getAddress()) : tcpRow(mapped(v4()), mapped(v4())));
        }
        return text.toString();
    }

    private String dev() {
        StringBuilder text = new StringBuilder("Inter-|   Receive  |  Transmit\n face |bytes    packets\n");
        for (int i = 0; i < 40; i++) {
            text.append(String.format("%6s: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16%n", word("if")));
        }
        return text.toString();
    }

    private String ss() throws IOException {
        StringBuilder text = new StringBuilder("State Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n");
        for (int i = 0; i < 40; i++) {
            String local = i % 2 == 0 ? v4().getHostAddress() + "%" + word("sc") : "[" + v6().getHostAddress() + "]";
            String peer = i % 2 == 0 ? word("peer") + ".example.com" : "[::ffff:" + v4().getHostAddress() + "]";
            text.append("ESTAB 0 0 ").append(local).append(":22 ").append(peer).append(":40001 users:((\"");
            text.append(word("comm")).append(" x\",pid=12,fd=3)) uid:1000 ino:12345 sk:ab12 fwmark:0x12 cgroup:/");
            text.append(word("slice"))
                    .append('/')
                    .append(word("scope"))
                    .append(" <->\n\t cubic rto:204 rtt:1.5/0.7 md5keys:10.0.0.1=");
            text.append(word("key"))
                    .append(" opt:\"")
                    .append(word("opt"))
                    .append(" \" ")
                    .append(word("bare"))
                    .append(" cwnd:10 mem:(");
            text.append(word("mem")).append(")\n");
        }
        return text + "udp UNCONN 0 0 " + v4().getHostAddress() + ":53 *:* users:((\"" + word("udp")
                + "\",pid=1,fd=1))\n\t cubic " + word("cont") + "\n";
    }

    private String netstat() throws IOException {
        StringBuilder text = new StringBuilder(
                "Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name    \n");
        for (int i = 0; i < 30; i++) {
            text.append("tcp        0      0 ")
                    .append(v4().getHostAddress())
                    .append(":22 ")
                    .append(word("fh"))
                    .append(".example:ssh");
            text.append("  ESTABLISHED ")
                    .append(word("user"))
                    .append(" 12345 4711/")
                    .append(word("prog"))
                    .append(" \n");
        }
        return text + word("note") + " of somebody\n";
    }

    private String owners() {
        StringBuilder text = new StringBuilder("# inode pid start_time comm cgroup\n");
        for (int i = 0; i < 60; i++) {
            text.append(41_000 + i)
                    .append(" 1204 31337 ")
                    .append(word("own"))
                    .append("\\x20x /")
                    .append(word("cg"))
                    .append('/');
            text.append(word("pod")).append('\n');
        }
        return text + "# processes=88 scanned=12 unseen=0 unchecked=0 EACCES=3\n# " + word("remark") + "\n";
    }

    private byte[] sockopt() {
        ByteBuffer records = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20; i++) {
            records.putShort((short) 0xffff)
                    .putShort((short) 1)
                    .putShort((short) 0)
                    .putShort((short) 16);
            records.putLong(41_000 + i).putInt(1204).putInt(5);
            for (int number : new int[] {25, 200}) {
                byte[] value = (word("so") + "\0").getBytes(StandardCharsets.US_ASCII);
                records.putShort((short) 1)
                        .putShort((short) number)
                        .putShort((short) 0)
                        .putShort((short) value.length);
                records.put(value).position(records.position() + 3 & ~3);
            }
        }
        records.putShort((short) 0xffff).putShort((short) 3).putShort((short) 0).putShort((short) 12);
        records.putInt(20).putInt(0).putInt(0);
        return java.util.Arrays.copyOf(records.array(), records.position());
    }

    private String events() {
        StringBuilder text = new StringBuilder();
        for (String kind : List.of(
                "rotate", "dropped_segment", "dump", "paused", "pack_failed", "trigger", "governor", "suspend", "x")) {
            text.append("1795000000123456789 ")
                    .append(kind)
                    .append(' ')
                    .append(word("file"))
                    .append("-20261122T074200Z.tar.zst\n");
        }
        return text.toString();
    }

    private byte[] control() throws IOException {
        ByteBuffer log = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 10; i++) {
            log.putLong(16 + 36).putInt(1).putInt(54); // SOL_SOCKET, SCM_TIMESTAMPING_OPT_STATS
            for (int type = 1; type <= 3; type++) {
                log.putShort((short) 12).putShort((short) type).putLong(5);
            }
            log.position(log.position() + 4); // cmsgs are aligned to 8
            log.putLong(16 + 32).putInt(0).putInt(11); // IP_RECVERR
            log.putInt(42)
                    .put((byte) 4)
                    .put((byte) 0)
                    .put((byte) 0)
                    .put((byte) 0)
                    .putInt(0)
                    .putInt(99);
            log.putShort((short) 2).putShort((short) 0).put(v4().getAddress()).putLong(0);
            byte[] other = word("cmsg").getBytes(StandardCharsets.US_ASCII);
            log.putLong(16 + other.length).putInt(1).putInt(2).put(other).position(log.position() + 7 & ~7);
        }
        return java.util.Arrays.copyOf(log.array(), log.position());
    }

    Path write(Path folder) throws IOException {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        copies.put("proc/net/tcp", ascii(tcp()));
        copies.put("proc/net/tcp6", ascii(tcp6()));
        copies.put("proc/net/dev", ascii(dev()));
        copies.put("proc/net/snmp", ascii("Tcp: RtoMin " + word("Snmp") + "-x\nTcp: 1 2\n" + word("junk") + "\n"));
        copies.put("proc/net/sockstat", ascii("TCP: inuse 1\n" + word("stat") + ": inuse 1\n"));
        copies.put("sock_diag/tcp", dump(true));
        copies.put("sock_diag/destroy", dump(false));
        copies.put("sock_diag/mptcp", dump(true));
        copies.put("owners", ascii(owners()));
        copies.put("sockopt", sockopt());
        copies.put("ss/tcp", ascii(ss()));
        copies.put("netstat/tcp", ascii(netstat()));
        copies.put("events", ascii(events()));
        copies.put("opt_stats/cmsg", control());
        copies.put(
                "opt_stats/hex",
                ascii("2026-11-22T07:42:00 " + java.util.HexFormat.of().formatHex(control()) + "\n" + word("log")
                        + "\n"));
        copies.put("proc/net/udp", ascii(word("unknown") + " " + v4().getHostAddress()));
        copies.put(word("path") + "/x", ascii(word("content")));
        for (int i = 0; i < 20; i++) {
            copies.put("netns/" + word("ns") + "/proc/net/tcp", ascii(tcpRow(v4().getAddress(), v4().getAddress())));
        }
        Manifest manifest = new Manifest(
                        Manifest.FORMAT,
                        "tcpsnap " + word("tool"),
                        word("recording"),
                        word("host"),
                        "6.1.0-" + word("vendor"),
                        "#1 SMP " + word("build"),
                        "x86_64",
                        ByteOrder.LITTLE_ENDIAN,
                        100,
                        word("boot"),
                        "net:[4026531840]",
                        1_000_000_000L,
                        List.of("proc/net/tcp", word("source"), "netns/" + word("nsource") + "/proc/net/tcp"))
                .edited(Map.of("did", "slice", "where", "remote = '" + word("edit") + "'"));
        try (SegmentWriter writer = SegmentWriter.create(folder, manifest, START)) {
            writer.begin(START);
            List<SourceRecord> sources = new ArrayList<>();
            for (Map.Entry<String, byte[]> copy : copies.entrySet()) {
                long crc = writer.entry(copy.getKey(), copy.getValue(), 0, copy.getValue().length);
                sources.add(new SourceRecord(copy.getKey(), 0, 1, copy.getValue().length, crc, null));
            }
            sources.add(new SourceRecord("proc/net/snmp6", 0, 1, 0, 0, "/run/" + word("error") + ": EIO"));
            sources.add(new SourceRecord("proc/net/netstat", 0, 1, 0, 0, "ENOENT " + word("error")));
            sources.add(new SourceRecord(
                    "proc/net/softnet_stat", 0, 1, 0, 0, word("E").toUpperCase(Locale.ROOT) + ".example"));
            writer.commit(new TickRecord(0, START, 1, 1, 1, 1, 0, 1_000_000_000L, sources));
            return writer.path();
        }
    }

    /** A manifest without secrets. */
    static Manifest manifest() {
        return new Manifest(
                Manifest.FORMAT,
                "tcpsnap 1",
                "r",
                "h",
                "6.1.0",
                null,
                "x86_64",
                ByteOrder.LITTLE_ENDIAN,
                100,
                "b",
                null,
                1,
                List.of());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
