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
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads all of an archive set, decodes every row, and says each place that is not sound. */
public final class Verification {
    /** What is not sound. */
    public enum Kind {
        DAMAGE,
        NOT_CLOSED,
        PROBLEM
    }

    /**
     * A place that is not sound.
     *
     * @param file the segment
     * @param tick name of its folder; null where it is not one tick
     * @param source the copy that a problem is in; null otherwise
     * @param offset of the frame in the file, or of the problem in the copy; -1 where the whole file is meant
     * @param reason one sentence
     */
    public record Place(Kind kind, Path file, String tick, String source, long offset, String reason) {
        private static Place of(Damage damage) {
            return new Place(Kind.DAMAGE, damage.file(), damage.tick(), null, damage.offset(), damage.reason());
        }

        /** One line. */
        @Override
        public String toString() {
            return switch (kind) {
                case DAMAGE -> new Damage(file, offset, tick, reason).toString();
                case NOT_CLOSED -> file + ": " + reason;
                case PROBLEM -> file + ": tick " + tick + ", " + source + ", byte " + offset + ": " + reason;
            };
        }
    }

    private final Consumer<Place> report;
    private long ticks;
    private long damaged;
    private long problems;
    private long open;

    /** @param report gets each place */
    public Verification(Consumer<Place> report) {
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
                        new Place(
                                Kind.NOT_CLOSED,
                                segment.path(),
                                null,
                                null,
                                -1,
                                "not closed: the recorder was killed, or still records; what follows the last whole tick is lost"));
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
                    report.accept(new Place(
                            Kind.PROBLEM,
                            segment.path(),
                            tick.name(),
                            problem.source(),
                            problem.offset(),
                            problem.reason()));
                }
            }
        }
    }

    private void damaged(Damage damage) {
        damaged++;
        report.accept(Place.of(damage));
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

    /** Whole ticks. */
    public long ticks() {
        return ticks;
    }

    public long damaged() {
        return damaged;
    }

    /** Segments without their end. */
    public long open() {
        return open;
    }

    /** Problems in rows. */
    public long problems() {
        return problems;
    }
}
