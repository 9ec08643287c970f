package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the near end must show in /proc/net/tcp and tcp6 before it is ready.
 *
 * <p>One word for a row: the port that the lab knows, state and timer in the kernel's hexadecimal numbers, and whether the
 * row is {@code full} (17 words) or {@code short} (12); behind it, {@code retrans} or {@code probes} where those are not 0,
 * and {@code backoff} where the timer is further away than the retransmission timeout.
 */
final class States {
    private static final String ORPHAN = " 05 02 full";
    private static final List<String> SERVERS = List.of(
            Ports.QUEUE + " 0A 00 full",
            Ports.QUEUE + " 01 00 full",
            Ports.QUIET + " 0A 00 full",
            Ports.HALF_OPEN + " 03 01 short");
    private static final List<String> CLIENTS = List.of(
            Ports.HOLD + " 01 00 full",
            Ports.HOLD + " 01 02 full",
            Ports.HOLD + " 01 04 full",
            Ports.SEND + " 01 00 full",
            Ports.CLOSE + " 08 00 full",
            Ports.HOLD + " 05 00 full",
            Ports.HOLD + ORPHAN,
            Ports.HOLD + " 05 03 short",
            Ports.CLOSE_AFTER + " 06 03 short",
            Ports.CUT_HOLD + " 01 01 full",
            Ports.CUT_HOLD + " 04 01 full",
            Ports.CUT_CLOSE + " 09 01 full",
            Ports.CUT_CLOSE_LATER + " 0B 01 full",
            Ports.SILENT + " 02 01 full");
    private static final List<String> DUAL_LISTENERS =
            List.of(Ports.DUAL + " 0A 00 full", Ports.HALF_OPEN_DUAL + " 0A 00 full");
    private static final List<String> DUAL =
            List.of(Ports.DUAL + " 01 00 full", Ports.DUAL + " 06 03 short", Ports.HALF_OPEN_DUAL + " 03 01 short");

    /** By kind of socket. */
    static final Map<Endpoint, List<String>> WANTED = Map.of(
            Endpoint.V4, concat(SERVERS, CLIENTS),
            Endpoint.V6, concat(SERVERS, CLIENTS, DUAL_LISTENERS, DUAL),
            Endpoint.MAPPED, concat(CLIENTS, DUAL));

    static final Map<Endpoint, List<String>> FULL_ORPHAN = everywhere(List.of(Ports.HOLD + ORPHAN));

    /** Words 0, 0 and ffff before the IPv4 address, as this machine prints them. */
    private static final String MAPPED =
            "0000000000000000" + (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "FFFF0000" : "0000FFFF");

    private static final long PATIENCE_MILLIS = 30_000;

    private States() {}

    @SafeVarargs
    private static List<String> concat(List<String>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    /** The same of each kind. */
    static Map<Endpoint, List<String>> everywhere(List<String> rows) {
        return Stream.of(Endpoint.values()).collect(Collectors.toMap(kind -> kind, kind -> rows));
    }

    /** Waits until every wanted row is there. */
    static void await(Map<Endpoint, List<String>> wanted) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (List<String> missing = missing(wanted); !missing.isEmpty(); missing = missing(wanted)) {
            if (System.nanoTime() - start > PATIENCE_MILLIS * 1_000_000) {
                throw new IllegalStateException("not there after " + PATIENCE_MILLIS + " ms: " + missing + " among "
                        + present(Endpoint.V4) + present(Endpoint.V6) + present(Endpoint.MAPPED));
            }
            Thread.sleep(20);
        }
    }

    private static List<String> missing(Map<Endpoint, List<String>> wanted) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<Endpoint, List<String>> kind : wanted.entrySet()) {
            Set<String> present = present(kind.getKey());
            for (String row : kind.getValue()) {
                if (!present.contains(row)) {
                    missing.add(kind.getKey() + " " + row);
                }
            }
        }
        return missing;
    }

    private static Set<String> present(Endpoint kind) throws IOException {
        Set<String> present = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/net", kind == Endpoint.V4 ? "tcp" : "tcp6"))) {
            String[] words = line.strip().split("\\s+", -1);
            if (!words[0].equals("sl") && words[1].startsWith(MAPPED) == (kind == Endpoint.MAPPED)) {
                for (String endpoint : List.of(words[1], words[2])) {
                    describe(port(endpoint), words, present);
                }
            }
        }
        return present;
    }

    private static void describe(int port, String[] words, Set<String> present) {
        boolean full = words.length == 17;
        String[] timer = words[5].split(":", -1);
        String row = port + " " + words[3] + " " + timer[0] + (full ? " full" : " short");
        present.add(row);
        if (Integer.parseInt(words[6], 16) > 0) {
            present.add(row + " retrans");
        }
        if (Integer.parseInt(words[8]) > 0) {
            present.add(row + " probes");
        }
        if (full && Integer.parseInt(timer[1], 16) > Integer.parseInt(words[12])) {
            present.add(row + " backoff");
        }
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }
}
