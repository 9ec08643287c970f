package io.tcpsnap.importer;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A capture of an nlmon device: dumps of TCP and MPTCP sockets that some program asked for while it ran, and broadcasts of the
 * destroy groups.
 *
 * <p>Packets begin with a cooked header of 16 bytes, big-endian, whose last two are the netlink family (net/netlink
 * /af_netlink.c __netlink_deliver_tap_skb(), LINKTYPE_NETLINK). Dumps of different families make one tick where the second
 * begins within a second of the first; broadcasts go to the tick that follows them within a second, else they are one by
 * themselves.
 */
final class NlmonCapture {
    private static final int COOKED = 16;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int TCP = 6;
    private static final int MPTCP = 262;
    private static final int REQUEST_V2 = 56;
    private static final long TICK_SECONDS = 1;

    /** A dump that goes on; replies with the same port and sequence belong to it. */
    private final class Dump {
        private final String entry;
        private final Instant start;
        private final DiagBytes messages;
        private boolean cut;

        Dump(String entry, Instant start, ByteOrder order) {
            this.entry = entry;
            this.start = start;
            this.messages = new DiagBytes(order);
        }
    }

    /** One copy, not yet numbered. */
    private record Copy(String entry, Instant when, DiagBytes messages, byte[] done) {}

    private final byte[] bytes;
    private final Map<Long, Dump> dumps = new HashMap<>();
    /** Protocol that the last request with a sequence number asked for. */
    private final Map<Integer, Integer> protocols = new HashMap<>();

    private final List<Copy> copies = new ArrayList<>();
    private DiagBytes destroyed;
    private Instant firstDestroyed;
    private Instant lastDestroyed;
    private ByteOrder order;

    private NlmonCapture(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The copies of a capture; empty where it has no dump and no broadcast.
     *
     * @param warning hears what is wrong with the file
     */
    static List<Found> copies(byte[] bytes, Consumer<String> warning) {
        NlmonCapture capture = new NlmonCapture(bytes);
        boolean whole = PacketFile.read(bytes, capture::packet);
        if (!whole) {
            warning.accept("it ends inside a packet, or is damaged there: what is before was taken");
        }
        capture.finish();
        return capture.number();
    }

    private void packet(PacketFile.Packet packet) {
        if (packet.linkType() != PacketFile.NETLINK || packet.length() < COOKED) {
            return;
        }
        int family = (bytes[packet.at() + 14] & 0xff) << 8 | bytes[packet.at() + 15] & 0xff;
        if (family == NETLINK_SOCK_DIAG) {
            messages(packet.at() + COOKED, packet.at() + packet.length(), packet);
        }
    }

    private void messages(int from, int end, PacketFile.Packet packet) {
        int at = from;
        while (at + Netlink.NLMSG_HDRLEN <= end) {
            order = order == null ? orderAt(at, end) : order;
            if (order == null) {
                return;
            }
            ByteBuffer message = ByteBuffer.wrap(bytes).order(order);
            int length = message.getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > end - at) {
                Dump dump = dumps.get(key(message, at));
                if (dump != null) {
                    dump.cut = true;
                }
                return;
            }
            message(message, at, length, packet.when());
            at += Netlink.align(length);
        }
    }

    /** The order in which a header's length is at most what is there, and its type one that exists. */
    private ByteOrder orderAt(int at, int end) {
        for (ByteOrder one : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer message = ByteBuffer.wrap(bytes).order(one);
            int type = message.getShort(at + 4) & 0xffff;
            if (message.getInt(at) >= Netlink.NLMSG_HDRLEN && message.getInt(at) <= end - at && type < 256) {
                return one;
            }
        }
        return null;
    }

    private static long key(ByteBuffer message, int at) {
        return (long) message.getInt(at + 12) << 32 | message.getInt(at + 8) & 0xffffffffL;
    }

    private void message(ByteBuffer message, int at, int length, Instant when) {
        int type = message.getShort(at + 4) & 0xffff;
        int flags = message.getShort(at + 6);
        int sequence = message.getInt(at + 8);
        if ((flags & Netlink.NLM_F_REQUEST) != 0) {
            protocols.put(sequence, type == InetDiag.TCPDIAG_GETSOCK ? TCP : requested(at, length));
        } else if (type == Netlink.NLMSG_DONE) {
            Dump dump = dumps.remove(key(message, at));
            if (dump != null) {
                add(dump, DiagBytes.done(order));
            }
        } else if (DiagBytes.isMessage(bytes, at, at + length, order)) {
            if (sequence == 0 && message.getInt(at + 12) == 0) {
                destroyed(at, length, when);
            } else {
                dumped(protocols.getOrDefault(sequence, TCP), key(message, at), at, when);
            }
        }
    }

    private void dumped(int protocol, long key, int at, Instant when) {
        if (protocol == TCP || protocol == MPTCP) {
            String entry = protocol == TCP ? DiagBytes.TCP : DiagBytes.MPTCP;
            dumps.computeIfAbsent(key, one -> new Dump(entry, when, order))
                    .messages
                    .add(bytes, at);
        }
    }

    /** The protocol that {@code struct inet_diag_req_v2} asks for: its second byte, or an attribute for larger ones. */
    private int requested(int at, int length) {
        int request = at + Netlink.NLMSG_HDRLEN;
        int wide = attribute(InetDiag.REQ_PROTOCOL, request + REQUEST_V2, at + length);
        if (wide >= 0) {
            return ByteBuffer.wrap(bytes).order(order).getInt(wide);
        }
        return length >= Netlink.NLMSG_HDRLEN + 2 ? bytes[request + 1] & 0xff : TCP;
    }

    private void destroyed(int at, int length, Instant when) {
        if (protocol(at, length) != TCP) {
            return;
        }
        if (firstDestroyed != null && !near(firstDestroyed, when)) {
            flushDestroyed(lastDestroyed);
        }
        if (destroyed == null) {
            destroyed = new DiagBytes(order);
            firstDestroyed = when;
        }
        destroyed.add(bytes, at);
        lastDestroyed = when;
    }

    /** Attribute PROTOCOL of a broadcast; TCP where there is none. */
    private int protocol(int at, int length) {
        int attributes = at + Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH;
        int payload = attribute(InetDiag.ATTR_PROTOCOL, attributes, at + length);
        return payload < 0 ? TCP : bytes[payload] & 0xff;
    }

    /** Where the payload of an attribute of 4 bytes, with its padding, begins; -1 where there is none. */
    private int attribute(int type, int from, int end) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(order);
        int at = from;
        while (at + Netlink.NLA_HDRLEN + 4 <= end) {
            int size = message.getShort(at) & 0xffff;
            if (size > Netlink.NLA_HDRLEN && (message.getShort(at + 2) & Netlink.NLA_TYPE_MASK) == type) {
                return at + Netlink.NLA_HDRLEN;
            }
            at += Math.max(Netlink.NLA_HDRLEN, Netlink.align(size));
        }
        return -1;
    }

    private static boolean near(Instant first, Instant second) {
        return first == null || second == null || second.isBefore(first.plusSeconds(TICK_SECONDS));
    }

    private void flushDestroyed(Instant when) {
        if (destroyed != null) {
            copies.add(new Copy(DiagBytes.DESTROY, when, destroyed, DiagBytes.done(order)));
        }
        destroyed = null;
        firstDestroyed = null;
    }

    private void add(Dump dump, byte[] done) {
        if (destroyed != null) {
            flushDestroyed(near(firstDestroyed, dump.start) ? dump.start : lastDestroyed);
        }
        if (!dump.messages.isEmpty()) {
            copies.add(new Copy(dump.entry, dump.start, dump.messages, dump.cut ? null : done));
        }
    }

    private void finish() {
        dumps.values().forEach(dump -> add(dump, null));
        flushDestroyed(lastDestroyed);
    }

    /** Puts copies into ticks: the next tick begins with a copy that the current one has, or that is too late for it. */
    private List<Found> number() {
        List<Found> found = new ArrayList<>();
        int tick = -1;
        Instant start = null;
        int first = 0;
        for (Copy copy : copies) {
            Found next = copy.messages().found(copy.entry(), tick, start, copy.done());
            boolean fits = tick >= 0
                    && near(start, copy.when())
                    && found.subList(first, found.size()).stream().noneMatch(next::excludes);
            if (!fits) {
                tick++;
                start = copy.when();
                first = found.size();
                next = copy.messages().found(copy.entry(), tick, start, copy.done());
            }
            found.add(next);
        }
        return found;
    }

    /** The byte order of the messages; null where there was none to tell. */
    static ByteOrder order(byte[] bytes) {
        NlmonCapture capture = new NlmonCapture(bytes);
        PacketFile.read(bytes, capture::packet);
        return capture.order;
    }
}
