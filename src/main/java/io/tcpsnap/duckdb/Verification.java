package io.tcpsnap.duckdb;

import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Frame;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickReader;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.table.Tables;
import io.tcpsnap.table.TickRows;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads all of an archive set, decodes every row, and says each place that is not sound. */
public final class Verification {
    private final Consumer<String> report;
    private long ticks;
    private long damaged;
    private long problems;
    private long open;

    /** @param report gets a line for each place */
    public Verification(Consumer<String> report) {
        this.report = report;
    }

    public void run(ArchiveSet archives) throws IOException {
        Snapshots snapshots = new Snapshots(archives);
        for (Segment segment : archives.segments()) {
            TickRows<Problem> rows = Tables.problems();
            for (Frame frame : segment.frames()) {
                read(segment, frame, rows, snapshots);
            }
            if (!segment.closed()) {
                open++;
                report.accept(
                        segment.path() + ": not closed: the recorder was killed, or still records; what follows the"
                                + " last whole tick is lost");
            }
        }
    }

    private void read(Segment segment, Frame frame, TickRows<Problem> rows, Snapshots snapshots) throws IOException {
        try (TickReader reader = segment.read(frame, this::damaged)) {
            for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                ticks++;
                rows.begin(tick, snapshots.of(tick));
                for (Problem problem = rows.next(); problem != null; problem = rows.next()) {
                    problems++;
                    report.accept(segment.path() + ": tick " + tick.name() + ", " + problem.source() + ", byte "
                            + problem.offset() + ": " + problem.reason());
                }
            }
        }
    }

    private void damaged(Damage damage) {
        damaged++;
        report.accept(damage.toString());
    }

    /** One line with the totals. */
    public String summary() {
        String verdict = isSound() ? "sound" : "not sound";
        return verdict + ": " + ticks + " whole ticks, " + damaged + " damaged places, " + open
                + " segments without their end, " + problems + " problems in rows";
    }

    public boolean isSound() {
        return damaged == 0 && open == 0 && problems == 0;
    }
}
