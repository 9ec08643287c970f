package io.tcpsnap.capture;

import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.kernel.TcpState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which triggers hold, by the copies of each tick. A rate is that between two copies of its counter; where a copy is
 * missing, or the counter is lower than before, the trigger keeps still.
 */
final class TriggerWatch {
    private static final String SNMP = "proc/net/snmp";
    private static final String NETSTAT = "proc/net/netstat";
    private static final String DIAG = "sock_diag/tcp";
    private static final String RETRANSMITTED = "Tcp.RetransSegs";
    /** Without those (net/ipv4/tcp_output.c __tcp_transmit_skb()). */
    private static final String SENT = "Tcp.OutSegs";
    /** {@code struct inet_diag_msg}: u8 family, u8 state. */
    private static final int STATE = Netlink.NLMSG_HDRLEN + 1;

    private final List<Trigger> triggers;
    private final Map<String, Long> counters = new HashMap<>();
    private Map<String, Long> countersBefore = Map.of();
    private long before;
    /** Sockets by the number of their state; null where this tick has none. */
    private int[] states;

    /** @throws IOException where this kernel has no counter of that name; the message says so */
    TriggerWatch(List<Trigger> triggers) throws IOException {
        this.triggers = triggers;
        for (Trigger trigger : triggers) {
            if (trigger.kind() == Trigger.Kind.COUNTER_RATE && !known().containsKey(trigger.name())) {
                throw new IOException("trigger '" + trigger.text() + "': this kernel has no counter " + trigger.name()
                        + " in /proc/net/snmp or /proc/net/netstat");
            }
        }
    }

    private static Map<String, Long> known() throws IOException {
        Map<String, Long> known = new HashMap<>();
        for (String file : List.of("snmp", "netstat")) {
            byte[] text = Files.readAllBytes(Path.of(Sources.PROC_NET + file));
            known.putAll(SnmpText.counters(text, text.length));
        }
        return known;
    }

    /** Looks at a copy of this tick. */
    void copied(String path, CopyBuffer copy) {
        if (triggers.isEmpty()) {
            return;
        }
        if (path.equals(SNMP) || path.equals(NETSTAT)) {
            counters.putAll(SnmpText.counters(copy.copy(), copy.length()));
        } else if (path.equals(DIAG)) {
            states = count(copy.copy());
        }
    }

    private static int[] count(byte[] bytes) {
        int[] states = new int[256];
        ByteBuffer messages = ByteBuffer.wrap(bytes, 0, bytes.length).order(ByteOrder.nativeOrder());
        int next;
        for (int at = 0; bytes.length - at > STATE; at = next) {
            int size = messages.getInt(at);
            if (size > STATE && messages.getShort(at + 4) != Netlink.NLMSG_DONE) {
                states[bytes[at + STATE] & 0xff]++;
            }
            next = at + Netlink.align(Math.max(size, Netlink.NLMSG_HDRLEN));
        }
        return states;
    }

    /**
     * Ends the tick.
     *
     * @param now CLOCK_MONOTONIC
     * @return those that hold, with what was measured: {@code SYN_RECV > 500: 731}
     */
    Map<Trigger, String> holding(long now) {
        Map<Trigger, String> holding = new HashMap<>();
        for (Trigger trigger : triggers) {
            double value = value(trigger, (now - before) / 1e9);
            if (value > trigger.limit()) {
                holding.put(trigger, trigger.describe(value));
            }
        }
        if (!counters.isEmpty()) {
            countersBefore = Map.copyOf(counters);
            before = now;
            counters.clear();
        }
        states = null;
        return holding;
    }

    /** NaN where there is none. */
    private double value(Trigger trigger, double seconds) {
        return switch (trigger.kind()) {
            case COUNTER_RATE -> grown(trigger.name()) / seconds;
            case STATE_COUNT ->
                states == null
                        ? Double.NaN
                        : states[TcpState.valueOf(trigger.name()).number()];
            case RETRANSMITTED -> grown(RETRANSMITTED) / (grown(RETRANSMITTED) + grown(SENT));
        };
    }

    private double grown(String counter) {
        Long now = counters.get(counter);
        Long then = countersBefore.get(counter);
        return now == null || then == null || now < then ? Double.NaN : now - then;
    }
}
