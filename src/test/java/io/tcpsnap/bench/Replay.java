package io.tcpsnap.bench;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Ticks of as many sockets as wanted, made of one captured moment of kernel 6.18 with a socket in each state. Each socket
 * is a captured row with a peer and an inode of its own; from tick to tick clocks and timers move on all, counters on one
 * of eight, as in the recordings that the archive format was chosen by.
 */
public final class Replay {
    private static final int BUSY = 8;
    private static final int WIDTH = 149;
    /** Of the message that ends a dump. */
    static final int DONE_LENGTH = Netlink.NLMSG_HDRLEN + 4;

    private final int sockets;
    private final List<String[]> rows;
    private final byte[] header;
    private final ByteBuffer dump;
    /** Where each socket's {@code struct tcp_info} starts in the dump; 0 where it has none. */
    private final int[] infos;

    public Replay(int sockets) {
        this.sockets = sockets;
        List<String> lines = new String(resource("/proc/6.18/states/net/tcp"), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        header = (lines.get(0) + "\n").getBytes(StandardCharsets.US_ASCII);
        rows = lines.stream().skip(1).map(line -> line.strip().split(" +", -1)).toList();
        infos = new int[sockets];
        dump = dump(messages());
    }

    private static byte[] resource(String name) {
        try (InputStream in = Replay.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code /proc/net/tcp} of a tick. */
    public byte[] text(int tick) {
        StringBuilder text = new StringBuilder((sockets + 1) * (WIDTH + 1));
        for (int socket = 0; socket < sockets; socket++) {
            int start = text.length();
            line(text, socket, tick);
            text.append(" ".repeat(Math.max(0, WIDTH - (text.length() - start))))
                    .append('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header);
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    /** As the format of net/ipv4/tcp_ipv4.c get_tcp4_sock(). */
    private void line(StringBuilder text, int socket, int tick) {
        String[] row = rows.get(socket % rows.size());
        int moves = (tick + socket) / BUSY;
        text.append(" ".repeat(Math.max(0, 4 - digits(socket)))).append(socket).append(": ");
        text.append(row[1]).append(' ');
        hex(text, Integer.reverseBytes(0x0a000000 + socket)).append(row[2], 8, 13);
        text.append(' ').append(row[3]).append(' ').append(row[4], 0, 9);
        hex(text, moves % 3000).append(' ').append(row[5], 0, 3);
        boolean timer = !row[5].startsWith("00");
        hex(text, timer ? (tick * 97 + socket) % 12_000 : 0);
        text.append(' ').append(row[6]).append("     0        0 ");
        text.append(row[9].equals("0") ? 0 : 340_000 + socket).append(' ');
        text.append(row[10]).append(" 00000000");
        hex(text, socket * 0x9e3779b1);
        for (int word = 12; word < row.length; word++) {
            text.append(' ').append(word == 15 ? String.valueOf(10 + moves % 90) : row[word]);
        }
    }

    private static int digits(int number) {
        return number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4;
    }

    private static StringBuilder hex(StringBuilder text, int word) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            text.append("0123456789ABCDEF".charAt(word >>> shift & 15));
        }
        return text;
    }

    /** {@code sock_diag/tcp} of a tick; the array is the same for each and good until the next call. */
    public byte[] dump(int tick) {
        for (int socket = 0; socket < sockets; socket++) {
            int info = infos[socket];
            if (info != 0) {
                int clock = tick * 1000 + socket;
                dump.putInt(info + 44, clock).putInt(info + 52, clock).putInt(info + 56, clock); // last_*
                int moves = (tick + socket) / BUSY;
                dump.putInt(info + 68, 200 + moves % 50_000).putInt(info + 80, 10 + moves % 90); // rtt, snd_cwnd
                dump.putLong(info + 120, 1448L * moves).putInt(info + 136, moves); // bytes_acked, segs_out
            }
        }
        return dump.array();
    }

    /** The captured messages of both families, without the NLMSG_DONE. */
    private static List<byte[]> messages() {
        List<byte[]> messages = new ArrayList<>();
        for (String name : List.of("/netlink/6.18/states.v4.bin", "/netlink/6.18/states.v6.bin")) {
            ByteBuffer bytes = ByteBuffer.wrap(resource(name)).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.remaining() >= Netlink.NLMSG_HDRLEN
                    && bytes.getShort(bytes.position() + 4) != Netlink.NLMSG_DONE) {
                byte[] message = new byte[Netlink.align(bytes.getInt(bytes.position()))];
                bytes.get(message);
                messages.add(message);
            }
        }
        return messages;
    }

    private ByteBuffer dump(List<byte[]> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] starts = new int[sockets];
        for (int socket = 0; socket < sockets; socket++) {
            starts[socket] = bytes.size();
            bytes.writeBytes(messages.get(socket % messages.size()));
        }
        ByteBuffer done = ByteBuffer.allocate(DONE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        done.putInt(done.capacity()).putShort((short) Netlink.NLMSG_DONE);
        bytes.writeBytes(done.array());
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        for (int socket = 0; socket < sockets; socket++) {
            int message = starts[socket] + Netlink.NLMSG_HDRLEN;
            all.putInt(message + InetDiag.DST, Integer.reverseBytes(0x0a000000 + socket));
            all.putInt(message + InetDiag.COOKIE, socket).putInt(message + InetDiag.INODE, 340_000 + socket);
            infos[socket] = info(all, message, starts[socket] + all.getInt(starts[socket]));
        }
        return all;
    }

    private static int info(ByteBuffer all, int message, int end) {
        for (int at = message + InetDiag.MSG_LENGTH; at < end; at += Netlink.align(all.getShort(at))) {
            if (all.getShort(at + 2) == InetDiag.ATTR_INFO) {
                return at + Netlink.NLA_HDRLEN;
            }
        }
        return 0;
    }
}
