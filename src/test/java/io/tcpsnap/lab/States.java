package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the near end must show in /proc/net/tcp and tcp6 before it is ready.
 *
 * <p>One word for a row: the port that the lab knows, state and timer in the kernel's hexadecimal numbers, and whether the
 * row is {@code full} (17 words) or {@code short} (12).
 */
final class States {
    private static final List<String> WANTED = List.of(
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
            Ports.HOLD + " 05 02 full",
            Ports.HOLD + " 05 03 short",
            Ports.CLOSE_AFTER + " 06 03 short",
            Ports.CUT_HOLD + " 01 01 full",
            Ports.CUT_HOLD + " 04 01 full",
            Ports.CUT_CLOSE + " 09 01 full",
            Ports.CUT_CLOSE_LATER + " 0B 01 full",
            Ports.SILENT + " 02 01 full");
    private static final List<String> WANTED_DUAL = List.of(
            Ports.DUAL + " 0A 00 full",
            Ports.DUAL + " 01 00 full",
            Ports.DUAL + " 06 03 short",
            Ports.HALF_OPEN_DUAL + " 03 01 short");

    private States() {}

    /** Waits until every wanted row is there. The caller's patience is the limit: a kernel that differs never gets there. */
    static void await() throws IOException, InterruptedException {
        List<String> missing = missing();
        for (int round = 0; !missing.isEmpty(); round++) {
            if (round == 500) {
                throw new IllegalStateException("not there after 10 s: " + missing);
            }
            Thread.sleep(20);
            missing = missing();
        }
    }

    private static List<String> missing() throws IOException {
        List<String> missing = new ArrayList<>();
        missing("tcp", WANTED, missing);
        missing("tcp6", WANTED, missing);
        missing("tcp6", WANTED_DUAL, missing);
        return missing;
    }

    private static void missing(String file, List<String> wanted, List<String> missing) throws IOException {
        TreeSet<String> present = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/net", file))) {
            String[] words = line.strip().split("\\s+", -1);
            if (!words[0].equals("sl")) {
                String state = words[3] + " " + words[5].substring(0, 2) + (words.length == 17 ? " full" : " short");
                present.add(port(words[1]) + " " + state);
                present.add(port(words[2]) + " " + state);
            }
        }
        wanted.stream().filter(row -> !present.contains(row)).forEach(row -> missing.add(file + " " + row));
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }
}
