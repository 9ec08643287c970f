package io.tcpsnap.redact;

import io.tcpsnap.redact.Policy.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pseudonyms of everything, all functions of one key, and what the policy keeps as it was. One value has one pseudonym in every
 * source, text or binary. Not for more than one thread.
 */
final class Renaming {
    private static final int EPHEMERAL = 32768;
    private static final int PORTS = 65536;
    private static final long NOBODY = 65534;
    private static final long NO_UID = 0xffffffffL;
    private static final long TEN_YEARS = 3650L * 86_400;
    private static final int MAX_CACHED = 1 << 16;
    private static final Pattern NAMESPACE = Pattern.compile("(net:\\[)?(\\d{10})(\\])?");
    private static final char[] DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789".toCharArray();

    private final Key key;
    private final Policy policy;
    private final Addresses addresses;
    private final Numbers uids;
    private final Numbers inodes;
    private final Numbers pids;
    private final Numbers cookies;
    private final Numbers cgroups;
    private final Numbers namespaces;
    private final Numbers marks;
    private final Numbers tokens;
    private final int[] ports = new int[PORTS];
    private final Map<String, String> names = new HashMap<>();

    Renaming(Key key, Policy policy) {
        this.key = key;
        this.policy = policy;
        this.addresses = new Addresses(key, policy.classes());
        this.uids = new Numbers(key, "uid", 10);
        this.inodes = new Numbers(key, "inode", 10);
        this.pids = new Numbers(key, "pid", 10);
        this.cookies = new Numbers(key, "cookie", 16);
        this.cgroups = new Numbers(key, "cgroup", 16);
        this.namespaces = new Numbers(key, "netns", 10);
        this.marks = new Numbers(key, "mark", 16);
        this.tokens = new Numbers(key, "token", 16);
        shuffle();
    }

    private void shuffle() {
        for (int port = 0; port < PORTS; port++) {
            ports[port] = port;
        }
        int first = policy.renames(Kind.PORTS) ? 1 : policy.renames(Kind.EPHEMERAL) ? EPHEMERAL : PORTS;
        for (int port = PORTS - 1; port > first; port--) {
            int other = first + (int) Long.remainderUnsigned(key.number("port", port), port - first + 1);
            int swapped = ports[port];
            ports[port] = ports[other];
            ports[other] = swapped;
        }
    }

    Policy policy() {
        return policy;
    }

    /** @param address of 4 or 16 bytes in network order; the result is not to be written to */
    byte[] address(byte[] address) {
        return policy.renames(Kind.ADDRESSES) ? addresses.of(address) : address;
    }

    int port(int port) {
        return ports[port];
    }

    long uid(long uid) {
        return isNobody(uid) || !policy.renames(Kind.UIDS) ? uid : around(uids, uid, Renaming::isNobody);
    }

    long inode(long inode) {
        return policy.renames(Kind.INODES) ? inodes.of(inode) : inode;
    }

    long pid(long pid) {
        return pid == 1 || !policy.renames(Kind.INODES) ? pid : around(pids, pid, one -> one == 1);
    }

    /** The overflow uid, -1 and -2. */
    private static boolean isNobody(long uid) {
        return uid == NOBODY || uid >= NO_UID - 1 || uid < 0;
    }

    /** The pseudonym; those that are their own pseudonyms are passed over. */
    private static long around(Numbers numbers, long value, LongPredicate own) {
        long pseudonym = numbers.of(value);
        while (own.test(pseudonym)) {
            pseudonym = numbers.of(pseudonym);
        }
        return pseudonym;
    }

    /** All bits one is no cookie. */
    long cookie(long cookie) {
        return cookie == -1 || !policy.renames(Kind.COOKIES) ? cookie : cookies.of(cookie);
    }

    long cgroupId(long id) {
        return policy.renames(Kind.CGROUPS) ? cgroups.of(id) : id;
    }

    long mark(long mark) {
        return policy.renames(Kind.MARKS) ? marks.of(mark) : mark;
    }

    long token(long token) {
        return policy.renames(Kind.MPTCP) ? tokens.of(token) : token;
    }

    boolean zeroesPointers() {
        return policy.renames(Kind.POINTERS);
    }

    String host(String host) {
        return host == null || !policy.renames(Kind.HOSTS) ? host : "host-" + hex("host", host);
    }

    /** Identifiers of a boot or of a recording: 32 digits in five groups. */
    String uuid(String kind, String uuid) {
        if (uuid == null || !policy.renames(Kind.HOSTS)) {
            return uuid;
        }
        String hex = HexFormat.of().formatHex(key.digest(kind, bytes(uuid)));
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20, 32));
    }

    /** A name, {@code net:[4026532211]}, or the number alone. */
    String netns(String netns) {
        if (netns == null || !policy.renames(Kind.NAMESPACES)) {
            return netns;
        }
        Matcher m = NAMESPACE.matcher(netns);
        if (!m.matches()) {
            return "netns-" + hex("netns", netns);
        }
        String number = Long.toString(namespaces.of(Long.parseLong(m.group(2))));
        return m.group(1) == null ? number : "net:[" + number + "]";
    }

    /** As long as the name, and six characters at least, which /proc/net/dev fills with blanks. */
    String device(String name) {
        if (name.equals("lo") || !policy.renames(Kind.INTERFACES)) {
            return name;
        }
        return cached("device", name, () -> {
            StringBuilder pseudonym = new StringBuilder();
            byte[] digest = key.digest("device", bytes(name));
            for (int i = 0; i < Math.min(15, Math.max(6, name.length())); i++) {
                pseudonym.append(DIGITS[
                        Math.floorMod((digest[2 * i] & 0xff) << 8 | digest[2 * i + 1] & 0xff, i == 0 ? 26 : 36)]);
            }
            return pseudonym.toString();
        });
    }

    String process(String comm) {
        return policy.renames(Kind.PROCESSES) ? cached("process", comm, () -> "p-" + hex("process", comm)) : comm;
    }

    String user(String user) {
        return policy.renames(Kind.PROCESSES) ? cached("user", user, () -> "u-" + hex("user", user)) : user;
    }

    /** A name where an address is expected: a host's, as ss and netstat print it where they resolve. */
    String peer(String name) {
        return policy.renames(Kind.ADDRESSES) ? cached("peer", name, () -> "h-" + hex("peer", name)) : name;
    }

    /** Each part of the path by itself. */
    String cgroup(String path) {
        return policy.renames(Kind.CGROUPS) ? cached("cgroup", path, () -> parts(path)) : path;
    }

    private String parts(String path) {
        StringBuilder pseudonym = new StringBuilder();
        for (String part : path.split("(?<=/)|(?=/)", -1)) {
            pseudonym.append(part.equals("/") || part.isEmpty() ? part : "c-" + hex("cgroup", part));
        }
        return pseudonym.toString();
    }

    /** Seconds to take from every time of the wall clock. */
    long shift() {
        return policy.renames(Kind.TIMES) ? 1 + Math.floorMod(key.number("time", 0), TEN_YEARS) : 0;
    }

    private String cached(String kind, String name, Supplier<String> pseudonym) {
        if (names.size() > MAX_CACHED) {
            names.clear();
        }
        String known = names.get(kind + "\0" + name);
        if (known == null) {
            known = pseudonym.get();
            names.put(kind + "\0" + name, known);
        }
        return known;
    }

    private String hex(String kind, String name) {
        return HexFormat.of().formatHex(key.digest(kind, bytes(name)), 0, 5);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
