package io.tcpsnap.capture;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The sources that there are, by the names that users give. */
public final class Sources {
    /** All sockets, whatever the other sources say. */
    static final String DIAG = "diag";
    /** The one that is not copied but gathers: {@link DestroyEvents}. */
    static final String DESTROY = "destroy";
    /** The files of the namespace of the program's main thread. */
    static final String PROC_NET = "/proc/self/net/";

    /** Makes a source, given the folder that stands for /proc/net. */
    private static final Map<String, Function<String, Source>> ALL = new LinkedHashMap<>();

    static {
        for (String name : List.of("tcp", "tcp6", "dev", "snmp", "netstat", "snmp6", "sockstat", "sockstat6")) {
            proc(name, name);
        }
        ALL.put(DIAG, net -> SockDiag.tcp());
        ALL.put(DESTROY, null); // behind the dump, so that the module tcp_diag is loaded
        proc("softnet", "softnet_stat");
        ALL.put("mptcp", net -> SockDiag.mptcp());
        ALL.put("owner", net -> new OwnerSource());
        ALL.put("sockopt", net -> new SockoptSource());
    }

    /** Those that are copied only when they are asked for: few need them, or they look at every process. */
    private static final Set<String> ON_DEMAND = Set.of("mptcp", "owner", "sockopt");
    /** Those that speak of the whole machine, whatever the network namespace. */
    private static final Set<String> OF_MACHINE = Set.of("softnet", "owner", "sockopt");

    /** Those for which the kernel walks its whole hash table, to print it. */
    private static final Set<String> WALKS = Set.of("tcp", "tcp6");

    private Sources() {}

    private static void proc(String name, String file) {
        ALL.put(name, net -> new ProcFile(net + file, "proc/net/" + file));
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

    static boolean isWalk(String name) {
        return WALKS.contains(name);
    }

    /** Those of some names that speak of the whole machine. */
    static Set<String> ofMachine(Set<String> names) {
        Set<String> some = new LinkedHashSet<>(names);
        some.retainAll(OF_MACHINE);
        return some;
    }

    /** Those of some names that speak of one network namespace. */
    static Set<String> ofNamespace(Set<String> names) {
        Set<String> some = new LinkedHashSet<>(names);
        some.removeAll(OF_MACHINE);
        return some;
    }

    private static Set<String> inOrder(Set<String> names) {
        Set<String> ordered = new LinkedHashSet<>(ALL.keySet());
        ordered.retainAll(names);
        return ordered;
    }

    /**
     * Makes sources, by name.
     *
     * @param procNet the folder that stands for /proc/net: {@link #PROC_NET}
     * @param destroy stands for the source {@link #DESTROY}
     */
    static Map<String, Source> open(Set<String> names, String procNet, Source destroy) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (String name : inOrder(names)) {
            sources.put(name, name.equals(DESTROY) ? destroy : ALL.get(name).apply(procNet));
        }
        return sources;
    }
}
