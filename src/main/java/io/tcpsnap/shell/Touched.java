package io.tcpsnap.shell;

import io.tcpsnap.output.Result;
import io.tcpsnap.pins.Pins;
import java.sql.SQLException;
import java.time.LocalDateTime;

/** The span of time that a result is of, and rows in it that the recorder or the kernel made doubtful. */
final class Touched implements Result.Watcher {
    private int ts = -1;
    private int reset = -1;
    private int missed = -1;
    private LocalDateTime first;
    private LocalDateTime last;
    private long rows;
    private long resets;
    private long spanning;

    Touched(Result result) {
        for (int i = result.count() - 1; i >= 0; i--) {
            String name = result.name(i);
            if (result.isTime(i) && (ts < 0 || !result.name(ts).equals("ts"))) {
                ts = i;
            }
            reset = name.equals("reset") && result.typeName(i).equals("BOOLEAN") ? i : reset;
            missed = name.equals("missed") && result.isNumber(i) ? i : missed;
        }
    }

    @Override
    public void row(Result result) throws SQLException {
        rows++;
        if (ts >= 0 && result.value(ts) instanceof LocalDateTime time) {
            first = first == null || time.isBefore(first) ? time : first;
            last = last == null || time.isAfter(last) ? time : last;
        }
        if (reset >= 0 && Boolean.TRUE.equals(result.value(reset))) {
            resets++;
        }
        if (missed >= 0 && result.value(missed) instanceof Number count && count.longValue() > 0) {
            spanning++;
        }
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** Rows whose column {@code reset} is true. */
    long resets() {
        return resets;
    }

    /** Rows whose column {@code missed} is above zero. */
    long spanning() {
        return spanning;
    }

    /** Begin of the span, null for that of the recording. */
    LocalDateTime from(Pins pins) {
        return first != null || pins.window() == null ? first : pins.window().from();
    }

    /** End of the span, null for that of the recording. */
    LocalDateTime to(Pins pins) {
        return last != null || pins.window() == null ? last : pins.window().to();
    }
}
