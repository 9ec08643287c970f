package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Manifest;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickPath;
import io.tcpsnap.archive.TickRecord;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The copies of a tick, with the rows of wanted connections only. */
final class TickFilter {
    /** Copies that speak of the machine, whatever the network namespace. */
    private static final Set<String> OF_MACHINE =
            Set.of("owners", "sockopt", "sockopt_handed", "events", "proc/net/softnet_stat");

    private final Wanted wanted;
    /** Of wanted connections, also of earlier ticks: lists of sockets may come less often than what is told of an inode. */
    private final Set<Long> inodes = new HashSet<>();

    TickFilter(Wanted wanted) {
        this.wanted = wanted;
    }

    Wanted wanted() {
        return wanted;
    }

    List<Entry> entries(Tick tick) {
        ByteOrder order = tick.manifest().byteOrder() == null
                ? ByteOrder.LITTLE_ENDIAN
                : tick.manifest().byteOrder();
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : tick.entries()) {
            if (hasNamespace(entry.path(), tick.manifest())) {
                kept.add(wanted.connections() == null ? entry : rows(entry, tick, order));
            }
        }
        if (wanted.connections() != null) {
            kept.removeIf(entry -> entry == null);
            kept.replaceAll(entry -> ByInode.has(entry.path()) ? ByInode.filter(entry, inodes, order) : entry);
        }
        return kept;
    }

    private boolean hasNamespace(String path, Manifest manifest) {
        TickPath place = TickPath.of(path);
        if (wanted.netns() == null || OF_MACHINE.contains(path)) {
            return true;
        }
        return place.netns() == null
                ? wanted.netns().equals("self") || wanted.netns().equals(manifest.netns())
                : wanted.netns().equals(place.netns());
    }

    /** The rows of wanted connections, whose inodes are added; null where the copy's rows name no connection. */
    private Entry rows(Entry entry, Tick tick, ByteOrder order) {
        TickPath place = TickPath.of(entry.path());
        String netns = place.netns() == null ? tick.manifest().netns() : place.netns();
        RowTest test = (local, localPort, remote, remotePort) -> wanted.connections()
                .contains(new Connection(tick.manifest().host(), netns, local, localPort, remote, remotePort));
        return switch (place.source()) {
            case "proc/net/tcp", "proc/net/tcp6" -> new TcpRows(test, order, inodes).of(entry);
            case "sock_diag/tcp", "sock_diag/destroy", "sock_diag/mptcp" -> new DiagRows(test, order, inodes).of(entry);
            case "ss/tcp", "netstat/tcp" -> TextRows.of(entry, test);
            case "opt_stats/cmsg", "opt_stats/nla", "opt_stats/hex" -> null;
            default -> known(place.source()) ? entry : null;
        };
    }

    private static boolean known(String source) {
        return source.matches("proc/net/(?:dev|snmp6?|netstat|sockstat6?|softnet_stat)") || OF_MACHINE.contains(source);
    }

    /** The record without the sources that are left out. */
    TickRecord record(Tick tick, List<Entry> entries) {
        Set<String> kept = entries.stream().map(Entry::path).collect(Collectors.toSet());
        return tick.record()
                .withSources(tick.record().sources().stream()
                        .filter(source -> kept.contains(source.path())
                                || source.error() != null && hasNamespace(source.path(), tick.manifest()))
                        .toList());
    }
}
