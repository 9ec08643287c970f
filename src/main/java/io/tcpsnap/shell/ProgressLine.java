package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.LoadProgress;
import java.io.PrintStream;
import java.util.Timer;
import java.util.TimerTask;

/**
 * One line on a terminal that says how far a load or query is: appears after half a second, is gone when the work ends.
 */
final class ProgressLine implements LoadProgress, AutoCloseable {
    private static final long DELAY_MS = 500;
    private static final long PERIOD_MS = 200;

    private final Database database;
    private final PrintStream err;
    private final Timer timer;
    private final long start = System.nanoTime();
    private String loading;
    private long done;
    private long total;
    private boolean shown;
    private boolean closed;

    /** @param visible whether {@code err} is a terminal; else nothing is ever printed */
    ProgressLine(Database database, PrintStream err, boolean visible) {
        this.database = database;
        this.err = err;
        this.timer = visible ? new Timer("progress", true) : null;
        if (visible) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            show();
                        }
                    },
                    DELAY_MS,
                    PERIOD_MS);
        }
    }

    @Override
    public synchronized void loaded(String table, long bytesDone, long bytesTotal) {
        loading = bytesDone < bytesTotal ? table : null;
        done = bytesDone;
        total = bytesTotal;
    }

    private synchronized void show() {
        if (closed) {
            return;
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000L;
        String what;
        if (loading != null) {
            what = "loading " + loading + ": " + share(total == 0 ? 0 : 100.0 * done / total, seconds);
        } else {
            double percent = database.queryProgress();
            what = "running: " + (percent < 0 ? seconds + " s" : share(percent, seconds));
        }
        err.print("\r" + what + "\u001b[K");
        err.flush();
        shown = true;
    }

    /** How much is done, and how long the rest takes if it goes on like that. */
    private static String share(double percent, long seconds) {
        String left = percent < 1 ? "" : ", %.0f s left".formatted(seconds * (100 - percent) / percent);
        return "%.0f %%, %d s%s".formatted(percent, seconds, left);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }
}
