package io.tcpsnap.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings net.ipv4.* of this process's namespace, which are for both families. */
final class Sysctl {
    private Sysctl() {}

    static String get(String name) throws IOException {
        return Files.readString(path(name)).strip();
    }

    static void set(String name, Object value) throws IOException {
        Files.writeString(path(name), value.toString());
    }

    private static Path path(String name) {
        return Path.of("/proc/sys/net/ipv4", name);
    }
}
