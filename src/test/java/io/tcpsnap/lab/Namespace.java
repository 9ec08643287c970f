package io.tcpsnap.lab;

import java.util.ArrayList;
import java.util.List;

/** A network namespace of our own. Needs root and iproute2. */
public final class Namespace implements AutoCloseable {
    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    public static Namespace create(String name) {
        Command.run("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** Whether this process may make namespaces, and filter packets in them. */
    public static boolean available() {
        return Command.works("ip", "netns", "list") && Command.works("iptables", "-V") && mayCreate();
    }

    private static boolean mayCreate() {
        String probe = "tcpsnap-" + ProcessHandle.current().pid() + "-probe";
        if (!Command.works("ip", "netns", "add", probe)) {
            return false;
        }
        try {
            return Command.works("nsenter", "--net=/run/netns/" + probe, "iptables", "-w", "-L");
        } finally {
            Command.run("ip", "netns", "del", probe);
        }
    }

    public String name() {
        return name;
    }

    /** {@code command} as it must be started to run in here. */
    public List<String> inside(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
        inside.addAll(command);
        return inside;
    }

    /** Runs a program in here to its end. */
    public String run(String... command) {
        return Command.run(inside(List.of(command)));
    }

    /** A rule for both families, {@code -A INPUT ...}. */
    void filter(String rule) {
        List<String> words = List.of(rule.split(" ", -1));
        for (String program : List.of("iptables", "ip6tables")) {
            List<String> command = new ArrayList<>(List.of(program, "-w"));
            command.addAll(words);
            Command.run(inside(command));
        }
    }

    @Override
    public void close() {
        Command.run("ip", "netns", "del", name);
    }
}
