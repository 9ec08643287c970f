package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the near end must show in /proc/net/tcp and tcp6 before it is ready.
 *
 * <p>One word for a row: the port that the lab knows, state and timer in the kernel's hexadecimal numbers, and whether the
 * row is {@code full} (17 words) or {@code short} (12).
 */
final class States {
    private static final String ORPHAN = " 05 02 full";
    private static final List<String> SINGLE = List.of(
            Ports.QUEUE + " 0A 00 full",
            Ports.QUEUE + " 01 00 full",
            Ports.QUIET + " 0A 00 full",
            Ports.HALF_OPEN + " 03 01 short",
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
    private static final List<String> DUAL = List.of(
            Ports.DUAL + " 0A 00 full",
            Ports.DUAL + " 01 00 full",
            Ports.DUAL + " 06 03 short",
            Ports.HALF_OPEN_DUAL + " 03 01 short");

    /** By file. */
    static final Map<String, List<String>> WANTED = Map.of("tcp", SINGLE, "tcp6", concat(SINGLE, DUAL));

    static final Map<String, List<String>> FULL_ORPHAN =
            Map.of("tcp", List.of(Ports.HOLD + ORPHAN), "tcp6", List.of(Ports.HOLD + ORPHAN));

    private static final long PATIENCE_MILLIS = 30_000;

    private States() {}

    private static List<String> concat(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    /** Waits until every wanted row is there. */
    static void await(Map<String, List<String>> wanted) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (List<String> missing = missing(wanted); !missing.isEmpty(); missing = missing(wanted)) {
            if (System.nanoTime() - start > PATIENCE_MILLIS * 1_000_000) {
                throw new IllegalStateException("not there after " + PATIENCE_MILLIS + " ms: " + missing);
            }
            Thread.sleep(20);
        }
    }

    private static List<String> missing(Map<String, List<String>> wanted) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, List<String>> file : wanted.entrySet()) {
            Set<String> present = present(file.getKey());
            for (String row : file.getValue()) {
                if (!present.contains(row)) {
                    missing.add(file.getKey() + " " + row);
                }
            }
        }
        return missing;
    }

    private static Set<String> present(String file) throws IOException {
        Set<String> present = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/net", file))) {
            String[] words = line.strip().split("\\s+", -1);
            if (!words[0].equals("sl")) {
                String state = words[3] + " " + words[5].substring(0, 2) + (words.length == 17 ? " full" : " short");
                present.add(port(words[1]) + " " + state);
                present.add(port(words[2]) + " " + state);
            }
        }
        return present;
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }
}
