package io.tcpsnap.redact;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is renamed and what is kept.
 *
 * @param renamed the kinds that are renamed
 * @param classes of addresses that stay in their class
 * @param zeroUnknown whether the payload of an unknown attribute is zeroed; else the attribute is left out
 */
public record Policy(Set<Kind> renamed, Set<AddressClass> classes, boolean zeroUnknown) {
    /** What identifies somebody or something. */
    public enum Kind {
        ADDRESSES(true, "addresses", "prefix-preserving pseudonyms (Crypto-PAn)"),
        PORTS(false, "ports", "permuted, 0 stays"),
        EPHEMERAL(false, "ephemeral ports", "ports from 32768 on permuted"),
        UIDS(true, "uids", "other numbers of as many digits; 0, 65534 and 4294967295 stay"),
        INODES(true, "inodes and pids", "other numbers of as many digits; pid 1 stays"),
        COOKIES(true, "socket cookies", "other numbers of as many digits"),
        POINTERS(true, "kernel pointers", "zeros"),
        HOSTS(true, "host, boot and recording", "other names"),
        NAMESPACES(true, "network namespaces", "other names and numbers"),
        INTERFACES(true, "interfaces", "other names, lo stays"),
        CGROUPS(true, "cgroups", "other names, part by part, and other ids"),
        PROCESSES(true, "process and user names", "other names"),
        MARKS(true, "marks and classes", "other numbers of as many digits"),
        MPTCP(true, "MPTCP tokens", "other numbers; sequence numbers stay"),
        KERNEL(true, "kernel", "release without what a vendor adds, no build"),
        TIMES(false, "time", "moved by up to ten years");

        private final boolean byDefault;
        private final String what;
        private final String how;

        Kind(boolean byDefault, String what, String how) {
            this.byDefault = byDefault;
            this.what = what;
            this.how = how;
        }

        /** Whether it is renamed where nobody says. */
        public boolean isDefault() {
            return byDefault;
        }

        public String what() {
            return what;
        }

        public String how() {
            return how;
        }

        /** As users write it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Policy {
        renamed = Set.copyOf(renamed);
        classes = Set.copyOf(classes);
    }

    /** What is done where nobody says. */
    public static Policy byDefault() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (kind.isDefault()) {
                kinds.add(kind);
            }
        }
        return new Policy(kinds, EnumSet.allOf(AddressClass.class), false);
    }

    boolean renames(Kind kind) {
        return renamed.contains(kind);
    }

    /** What it does, for the manifest of the result. */
    Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        Map<Kind, String> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            all.put(kind, renames(kind) ? kind.how() : "kept");
        }
        all.forEach((kind, how) -> described.put(kind.what(), how));
        String kept = classes.stream().sorted().map(AddressClass::word).collect(Collectors.joining(", "));
        described.put("address classes kept", kept.isEmpty() ? "none" : kept);
        described.put("unknown attributes", zeroUnknown ? "zeroed" : "left out");
        described.put("left out", "MD5 keys, unknown copies, lines and words, texts of errors and of events");
        described.put(
                "as they were",
                "counters, states, timers, interface numbers, descriptors, start times, congestion controls");
        return described;
    }
}
