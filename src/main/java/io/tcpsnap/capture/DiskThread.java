package io.tcpsnap.capture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Does what may wait for a disk, one piece of work behind the other, so that no tick waits for it. */
final class DiskThread implements Closeable {
    /** Something that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "disk");
        made.setDaemon(true);
        return made;
    });

    /** Does some work when what was asked for before is done. */
    void submit(Work work) {
        try {
            thread.execute(() -> attempt(work));
        } catch (RejectedExecutionException e) {
            // a signal that came when the recording had ended
        }
    }

    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            failure.set(e);
        }
    }

    /** As {@link #submit}, unless work of this name is waiting or being done. */
    void submitOnce(String name, Work work) {
        if (waiting.add(name)) {
            submit(() -> {
                try {
                    work.run();
                } finally {
                    waiting.remove(name);
                }
            });
        }
    }

    /** Throws what failed since the last call. */
    void check() throws IOException {
        IOException failed = failure.getAndSet(null);
        if (failed != null) {
            throw failed;
        }
    }

    /** Waits until all is done. */
    @Override
    public void close() throws IOException {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                thread.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
