package io.tcpsnap.capture;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The counters of /proc/net/snmp and netstat that a trigger asks for: pairs of lines, names above values. */
final class SnmpText {
    private SnmpText() {}

    /** All counters by their names, {@code Tcp.RetransSegs}; what is not such a pair is passed over. */
    static Map<String, Long> counters(byte[] text, int length) {
        Map<String, Long> counters = new HashMap<>();
        String[] names = {};
        for (String line : new String(text, 0, length, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == names.length && words[0].equals(names[0])) {
                String prefix = words[0].replace(":", ".");
                for (int i = 1; i < words.length; i++) {
                    put(counters, prefix + names[i], words[i]);
                }
                names = new String[0];
            } else {
                names = words;
            }
        }
        return counters;
    }

    private static void put(Map<String, Long> counters, String name, String value) {
        try {
            counters.put(name, Long.parseLong(value));
        } catch (NumberFormatException e) {
            return; // no counter: the recording has it all the same
        }
    }
}
