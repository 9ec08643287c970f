package io.tcpsnap.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The sources that there are, by the names that users give. */
public final class Sources {
    private static final Map<String, Supplier<Source>> ALL = new LinkedHashMap<>();

    static {
        for (String name : List.of("tcp", "tcp6", "dev", "snmp", "netstat", "snmp6", "sockstat", "sockstat6")) {
            proc(name, name);
        }
        proc("softnet", "softnet_stat");
        ALL.put("diag", SockDiag::tcp);
        ALL.put("mptcp", SockDiag::mptcp);
        ALL.put("destroy", DestroyEvents::new); // behind the dump, so that the module tcp_diag is loaded
        ALL.put("owner", OwnerSource::new);
        ALL.put("sockopt", SockoptSource::new);
    }

    /** Those that are copied only when they are asked for: few need them, or they look at every process. */
    private static final Set<String> ON_DEMAND = Set.of("mptcp", "owner", "sockopt");

    private Sources() {}

    private static void proc(String name, String file) {
        ALL.put(name, () -> new ProcFile("/proc/self/net/" + file, "proc/net/" + file));
    }

    /** All names, in the order of reading. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** What is copied where nothing is chosen, in the order of reading. */
    public static Set<String> defaults() {
        Set<String> names = new LinkedHashSet<>(ALL.keySet());
        names.removeAll(ON_DEMAND);
        return names;
    }

    /**
     * Reads a choice: names separated by commas are what to take; {@code +name} and {@code -name} change the default,
     * {@link #defaults}.
     *
     * @return names in the order of reading
     * @throws IllegalArgumentException where a name is unknown or nothing is left; the message says so
     */
    public static Set<String> parse(String choice) {
        Set<String> chosen = new LinkedHashSet<>();
        boolean first = true;
        for (String word : choice.split(",", -1)) {
            boolean plus = word.startsWith("+");
            boolean minus = word.startsWith("-");
            String name = (plus || minus ? word.substring(1) : word).strip();
            if (!ALL.containsKey(name)) {
                throw new IllegalArgumentException(
                        "unknown source '" + name + "': there are " + String.join(", ", ALL.keySet()));
            }
            if (first && (plus || minus)) {
                chosen.addAll(defaults());
            }
            first = false;
            if (minus) {
                chosen.remove(name);
            } else {
                chosen.add(name);
            }
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no source is left to record");
        }
        Set<String> ordered = new LinkedHashSet<>(ALL.keySet());
        ordered.retainAll(chosen);
        return ordered;
    }

    static List<Source> open(Set<String> names) {
        List<Source> sources = new ArrayList<>();
        names.forEach(name -> sources.add(ALL.get(name).get()));
        return sources;
    }
}
