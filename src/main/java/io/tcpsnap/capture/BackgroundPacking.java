package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import io.tcpsnap.archive.Pack;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Packs closed segments in the background, at the lowest priority and within a share of a CPU. */
final class BackgroundPacking {
    private static final double SHARE = 0.2;
    private static final int PRIO_PROCESS = 0;
    private static final int NICE = 19;

    private final BiConsumer<String, String> events;
    private volatile boolean stopped;
    private long usedCpu;
    private long since;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "pack");
        made.setDaemon(true);
        return made;
    });

    /** Ends the work on a segment that need not be finished. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** @param events hears kind and detail */
    BackgroundPacking(BiConsumer<String, String> events) {
        this.events = events;
        thread.execute(() -> {
            try {
                Libc.setpriority(PRIO_PROCESS, 0, NICE); // of this thread: setpriority(2), C library/kernel differences
            } catch (LastErrorException e) {
                // then the share has to do
            }
        });
    }

    void add(Path segment) {
        thread.execute(() -> pack(segment));
    }

    private void pack(Path segment) {
        usedCpu = Libc.clock(Libc.CLOCK_THREAD_CPUTIME_ID);
        since = System.nanoTime();
        try {
            Pack.Result result = new Pack(segment, done -> {}, this::pace).run();
            if (result.reason() != null) {
                events.accept("pack_failed", segment.getFileName() + " " + result.reason());
            }
        } catch (NoSuchFileException e) {
            // it was dropped meanwhile
        } catch (IOException e) {
            events.accept("pack_failed", String.valueOf(e.getMessage()));
        } catch (StoppedException e) {
            // the recorder ends: the segment stays as it is
        }
    }

    /** Waits as long as the share wants it. */
    private void pace() {
        while (!stopped) {
            long cpu = Libc.clock(Libc.CLOCK_THREAD_CPUTIME_ID) - usedCpu;
            long wait = (long) (cpu / SHARE) - (System.nanoTime() - since);
            if (wait <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(wait, 100_000_000L));
        }
        throw new StoppedException();
    }

    /** Ends it, without what was not finished. */
    void stop() {
        stopped = true;
        thread.shutdownNow();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
