package io.tcpsnap.capture;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What signals do to a recorder: the first SIGINT, SIGTERM or SIGHUP ends it in order, the second at once, unless SIGHUP is
 * given another meaning.
 *
 * <p>Not a shutdown hook: while hooks run, Java takes no further signal.
 */
public final class StopSignals {
    private static final int SIGINT = 2;

    private StopSignals() {}

    /**
     * Handles them from now on, on a thread of Java's own. SIGHUP stays ignored where it is so from the start, as by
     * nohup; SIGINT does not: a script's shell ignores it for what it starts with {@code &}, and {@code kill -INT} is to
     * end that too.
     */
    public static void handle(Runnable first, Runnable second) {
        Libc.signal(SIGINT, null); // SIG_DFL: Java leaves an ignored signal alone
        AtomicBoolean stopping = new AtomicBoolean();
        for (String name : List.of("INT", "TERM", "HUP")) {
            Signal.handle(new Signal(name), signal -> (stopping.getAndSet(true) ? second : first).run());
        }
    }

    /** Has SIGUSR1 do something. */
    public static void onUser(Runnable dump) {
        Signal.handle(new Signal("USR1"), signal -> dump.run());
    }

    /** Has SIGHUP do something else than end the recorder. */
    public static void onHangup(Runnable reopen) {
        Signal.handle(new Signal("HUP"), signal -> reopen.run());
    }
}
