package io.tcpsnap.duckdb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntFunction;
import org.duckdb.DuckDBConnection;

/** The session of the user's statements, and others for work that is shared by several threads. */
final class Sessions {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Connection connection;
    private final Session main;

    /** @param main that of {@code connection} */
    Sessions(Connection connection, Session main) {
        this.connection = connection;
        this.main = main;
    }

    Session main() {
        return main;
    }

    /** Work on one of several things. */
    @FunctionalInterface
    interface Work<T> {
        void on(T one, Session session) throws SQLException;
    }

    /**
     * Works on all: on one after the other, each by all cores, where that keeps them busy, else on as many at the same time as
     * there are cores, each by one. After a failure nothing new begins.
     *
     * @param width how many cores one can keep busy
     */
    <T> void share(List<T> all, ToIntFunction<T> width, Work<T> work) throws SQLException {
        List<T> narrow = new ArrayList<>();
        for (T one : all) {
            if (width.applyAsInt(one) >= CORES) {
                work.on(one, main);
            } else {
                narrow.add(one);
            }
        }
        int longest = narrow.stream().mapToInt(width).max().orElse(0);
        int sum = narrow.stream().mapToInt(width).sum();
        if (narrow.size() > Math.max((double) sum / CORES, longest)) {
            together(narrow, work);
        } else {
            for (T one : narrow) {
                work.on(one, main);
            }
        }
    }

    private <T> void together(List<T> all, Work<T> work) throws SQLException {
        AtomicReference<SQLException> failure = new AtomicReference<>();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(CORES, all.size()));
        // no threads of DuckDB's: while one of them does the work of a statement, the thread that waits for it spins
        long before = threads();
        main.run("SET threads = 1");
        try {
            for (T one : all) {
                threads.execute(() -> {
                    try {
                        if (failure.get() == null) {
                            onItsOwn(one, work);
                        }
                    } catch (SQLException e) {
                        failure.compareAndSet(null, e);
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, new SQLException(e));
                    }
                });
            }
        } finally {
            awaitEnd(threads);
            main.run("SET threads = " + before);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private long threads() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('threads')")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private <T> void onItsOwn(T one, Work<T> work) throws SQLException {
        try (Connection own = connection.unwrap(DuckDBConnection.class).duplicate()) {
            Session session = sql -> {
                try (Statement statement = own.createStatement()) {
                    statement.execute(sql);
                }
            };
            session.run(Session.UNORDERED);
            work.on(one, session);
        }
    }

    /** Returns when all is done, whatever interrupts it: what they use is closed behind them. */
    private static void awaitEnd(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
