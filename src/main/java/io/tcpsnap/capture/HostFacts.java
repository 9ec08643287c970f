package io.tcpsnap.capture;

import io.tcpsnap.archive.Manifest;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What a manifest says of this host. */
final class HostFacts {
    private HostFacts() {}

    static Manifest manifest(String tool, long intervalNanos, List<String> sources) {
        return new Manifest(
                Manifest.FORMAT,
                tool,
                UUID.randomUUID().toString(),
                read("/proc/sys/kernel/hostname", "unknown"),
                read("/proc/sys/kernel/osrelease", null),
                read("/proc/sys/kernel/version", null),
                machine(),
                ByteOrder.nativeOrder(),
                Libc.clockTick(),
                read("/proc/sys/kernel/random/boot_id", null),
                netns(),
                intervalNanos,
                sources);
    }

    private static String read(String file, String missing) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return missing;
        }
    }

    private static String machine() {
        String java = System.getProperty("os.arch");
        return java.equals("amd64") ? "x86_64" : java;
    }

    private static String netns() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        } catch (IOException e) {
            return null;
        }
    }
}
