package io.tcpsnap.table;

import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.SourceRecord;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickPath;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.decode.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** {@code problem}: what did not decode, what could not be read, and what is damaged. */
final class ProblemTable {
    static final TickTable<Problem> TABLE = new TickTable<>(
            new Table<>(
                    "problem",
                    "Something that did not decode, could not be read, or is damaged; empty on a healthy machine.",
                    columns()),
            problems -> new Rows());

    private static final Set<String> IPV6 = Set.of("proc/net/tcp6", "proc/net/snmp6", "proc/net/sockstat6");

    private ProblemTable() {}

    private static List<Column<Problem>> columns() {
        List<Column<Problem>> columns = new ArrayList<>(TickColumns.of(Problem::snapshot));
        columns.add(Column.<Problem>text("source", problem -> problem.source().getBytes(StandardCharsets.UTF_8))
                .doc("Path of the copy in the tick; for damage the archive's file."));
        columns.add(Column.<Problem>number("byte_offset", SqlType.BIGINT, Problem::offset)
                .unit("bytes")
                .doc("Where the bytes are in the copy; for damage, where the frame is in the file."));
        columns.add(Column.<Problem>text("reason", problem -> problem.reason().getBytes(StandardCharsets.UTF_8))
                .doc("What is wrong."));
        columns.add(Column.<Problem>blob("bytes", Problem::bytes)
                .absentWhen(problem -> problem.bytes() == null, "there are none, or the file is to be looked at")
                .doc("The bytes concerned, at most " + Problem.MAX_BYTES + "."));
        return columns;
    }

    /** Runs every decoder over a tick and keeps their problems only. */
    private static final class Rows implements TickRows<Problem> {
        private final Queue<Problem> found = new ArrayDeque<>();
        private final List<TickRows<?>> decoders = new ArrayList<>();

        Rows() {
            for (TickTable<?> table : Tables.withoutProblems()) {
                decoders.add(table.rows().apply(found::add));
            }
        }

        @Override
        public void begin(Tick tick, Snapshot snapshot) {
            for (SourceRecord source : tick.record().sources()) {
                TickPath path = TickPath.of(source.path());
                if (source.error() != null && !isWithoutIpv6(path.source(), source.error())) {
                    found.add(new Problem(
                            snapshot.in(path.netns()), source.path(), 0, "could not be read: " + source.error(), null));
                }
            }
            for (TickRows<?> decoder : decoders) {
                decoder.begin(tick, snapshot);
                while (decoder.next() != null) {
                    // its problems are what is wanted
                }
            }
        }

        /** A kernel without IPv6, or one started with ipv6.disable=1, has none of these files: that is no problem. */
        private static boolean isWithoutIpv6(String source, String error) {
            return error.equals("ENOENT") && IPV6.contains(source);
        }

        @Override
        public Problem next() {
            return found.poll();
        }

        @Override
        public void damaged(Damage damage) {
            String tick = damage.tick() == null ? "" : "tick " + damage.tick() + ": ";
            found.add(new Problem(null, damage.file().toString(), damage.offset(), tick + damage.reason(), null));
        }
    }
}
