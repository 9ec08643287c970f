package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickPath;
import io.tcpsnap.archive.TickRecord;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes ticks and manifests safe. Not for more than one thread. */
final class TickRedaction {
    private static final String NAMESPACES = "netns/";
    private static final long NANOS = 1_000_000_000L;
    /** A name of the kernel's, and how many were lost. */
    private static final Pattern ERROR = Pattern.compile(
            "((?:E[A-Z0-9]{2,16}|errno \\d{1,4}|NLM_F_DUMP_INTR)(?:: \\d{1,19} lost)?)(?:[\\s:,;(].*)?");

    private static final Pattern TOOL = Pattern.compile("tcpsnap(?: script)? \\d[0-9A-Za-z.+-]{0,39}");
    private static final Pattern MACHINE = Pattern.compile("[a-z0-9_]{2,12}");
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,5}){0,3}).*");

    private final Renaming renaming;
    private final Account account;
    private final Map<String, EntryRedaction> known = new HashMap<>();

    TickRedaction(Renaming renaming, Account account) {
        this.renaming = renaming;
        this.account = account;
        for (String name : List.of("tcp", "tcp6")) {
            known.put("proc/net/" + name, new TcpLines(renaming, account));
        }
        known.put("proc/net/dev", new DeviceLines(renaming, account));
        known.put("proc/net/snmp", new CounterLines(CounterLines.SNMP, account));
        known.put("proc/net/netstat", new CounterLines(CounterLines.SNMP, account));
        known.put("proc/net/snmp6", new CounterLines(CounterLines.SNMP6, account));
        known.put("proc/net/sockstat", new CounterLines(CounterLines.SOCKSTAT, account));
        known.put("proc/net/sockstat6", new CounterLines(CounterLines.SOCKSTAT, account));
        known.put("proc/net/softnet_stat", new CounterLines(CounterLines.SOFTNET, account));
        for (String name : List.of("tcp", "destroy", "mptcp")) {
            known.put("sock_diag/" + name, new DiagMessages(renaming, account));
        }
        known.put("owners", new OwnerLines(renaming, account));
        known.put("sockopt", new SockoptRecords(renaming, account));
        known.put("sockopt_handed", new SockoptRecords(renaming, account));
        known.put("events", new EventLines(renaming, account));
        known.put("ss/tcp", new SsLines(renaming, account));
        known.put("netstat/tcp", new NetstatLines(renaming, account));
        for (String name : List.of("cmsg", "nla", "hex")) {
            known.put("opt_stats/" + name, new ControlMessages(renaming, account));
        }
    }

    /** The path of an entry that is known, with the name of its namespace replaced; null where it is not. */
    private String path(String path) {
        String source = TickPath.of(path).source();
        if (!known.containsKey(source)) {
            return null;
        }
        int end = path.length() - source.length();
        return end == 0
                ? source
                : NAMESPACES + renaming.netns(path.substring(NAMESPACES.length(), end - 1)) + "/" + source;
    }

    List<Entry> entries(Tick tick) {
        ByteOrder order = tick.manifest().byteOrder() == null
                ? ByteOrder.LITTLE_ENDIAN
                : tick.manifest().byteOrder();
        List<Entry> safe = new ArrayList<>();
        for (Entry entry : tick.entries()) {
            Entry one = entry(entry, order);
            if (one != null) {
                safe.add(one);
            }
        }
        return safe;
    }

    /** Null where its source is not known. */
    Entry entry(Entry entry, ByteOrder order) {
        String path = path(entry.path());
        if (path == null) {
            account.count("copies of unknown sources");
            return null;
        }
        String source = TickPath.of(entry.path()).source();
        byte[] bytes = known.get(source).of(entry, source, order);
        return new Entry(path, bytes, bytes.length);
    }

    TickRecord record(TickRecord record) {
        List<SourceRecord> sources = new ArrayList<>();
        for (SourceRecord source : record.sources()) {
            String path = path(source.path());
            if (path != null) {
                sources.add(new SourceRecord(
                        path,
                        source.offsetNanos(),
                        source.durationNanos(),
                        source.length(),
                        -1,
                        error(source.error())));
            }
        }
        return new TickRecord(
                seq(record),
                time(record.realtimeNanos()),
                record.monotonicNanos(),
                record.boottimeNanos(),
                record.durationNanos(),
                record.cpuNanos(),
                record.missed(),
                record.intervalNanos(),
                sources);
    }

    /** The number, which is the time in microseconds where the writer gave none. */
    private long seq(TickRecord record) {
        boolean isTime = record.seq() == Math.floorDiv(record.realtimeNanos(), 1000L);
        return isTime ? Math.floorDiv(time(record.realtimeNanos()), 1000L) : record.seq();
    }

    private static String error(String error) {
        if (error == null) {
            return null;
        }
        Matcher m = ERROR.matcher(error);
        return m.matches() ? m.group(1) : "left out by redact";
    }

    long time(long nanos) {
        return nanos - renaming.shift() * NANOS;
    }

    Manifest manifest(Manifest manifest) {
        boolean kernel = renaming.policy().renames(Policy.Kind.KERNEL);
        return new Manifest(
                manifest.format(),
                only(TOOL, manifest.tool()),
                renaming.uuid("recording", manifest.recording()),
                renaming.host(manifest.host()),
                kernel ? release(manifest.kernel()) : manifest.kernel(),
                kernel ? null : manifest.kernelVersion(),
                only(MACHINE, manifest.machine()),
                manifest.byteOrder(),
                manifest.clockTick(),
                renaming.uuid("boot", manifest.bootId()),
                namespace(manifest.netns()),
                manifest.intervalNanos(),
                manifest.sources().stream()
                        .map(this::path)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                manifest.byteOrderFrom() == null
                        ? null
                        : only(Pattern.compile("given|deduced"), manifest.byteOrderFrom()),
                edits(manifest.edits()));
    }

    private String namespace(String netns) {
        return netns == null || netns.isEmpty() ? netns : renaming.netns(netns);
    }

    private static String only(Pattern form, String text) {
        return text != null && form.matcher(text).matches() ? text : null;
    }

    private static String release(String release) {
        Matcher m = RELEASE.matcher(release == null ? "" : release);
        return m.matches() ? m.group(1) : null;
    }

    /** What was done before is told by its name only: conditions of a slice name addresses. */
    private static List<Map<String, String>> edits(List<Map<String, String>> edits) {
        List<Map<String, String>> safe = new ArrayList<>();
        for (Map<String, String> edit : edits) {
            String did = edit.get("did");
            if (did != null && did.matches("slice|redact|repair")) {
                safe.add(Map.of("did", did));
            }
        }
        return safe;
    }
}
