package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.tcpsnap.kernel.SockoptEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The options of TCP sockets that programs hand over (SCM_RIGHTS) at a {@link UnixListener}, those since the copy before; the
 * entry is described at {@link SockoptEntry}. Needs no privilege on either side.
 *
 * <p>A descriptor that was handed over keeps its connection open, also while it waits to be received. So a thread takes each
 * message as it comes, reads what {@link SocketProbe} reads, and closes all descriptors of the message before it takes
 * another. Where a close may wait, for SO_LINGER or since it is a file of another kind, a second thread does it, and nothing
 * more is taken of this program until then. At the end the program is answered: a byte, how many sockets were read.
 *
 * <p>Where more than {@value #LIMIT} bytes come between two copies, sockets are closed unread and counted: the copy then has
 * the error {@code ENOBUFS: N lost}.
 */
final class HandedSockets implements Source {
    static final int LIMIT = 8 << 20;
    private static final long PAUSE_NANOS = 10_000_000L;
    private static final int SO_TYPE = 3;
    private static final int SO_LINGER = 13;
    private static final int SO_PROTOCOL = 38;
    private static final int SOCK_STREAM = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_MPTCP = 262;

    private final UnixListener listener;
    private final HandingPrograms programs;
    private final ExecutorService closers = Executors.newCachedThreadPool(HandedSockets::daemon);
    private final FdMessage message = new FdMessage();
    private final Memory option = new Memory(12);
    private volatile boolean closed;
    private Thread thread;
    /** What was read since the last copy; guarded by this, as the rest. */
    private final CopyBuffer waiting = new CopyBuffer();

    private final SocketProbe probe = new SocketProbe();
    private int read;
    private int others;
    private int lost;

    HandedSockets(UnixListener listener) {
        this.listener = listener;
        this.programs = new HandingPrograms(listener);
    }

    private static Thread daemon(Runnable task) {
        Thread daemon = new Thread(task, "handed sockets");
        daemon.setDaemon(true);
        return daemon;
    }

    @Override
    public String path() {
        return "sockopt_handed";
    }

    void start() {
        thread = daemon(this::serve);
        thread.start();
    }

    private void serve() {
        while (!closed) {
            try {
                for (HandingProgram program : programs.await()) {
                    receive(program);
                }
                programs.accept();
            } catch (LastErrorException e) {
                LockSupport.parkNanos(PAUSE_NANOS); // no descriptor is left, or who came has left
            }
        }
        programs.close();
    }

    private void receive(HandingProgram program) {
        try {
            if (!message.receive(program.fd())) {
                programs.leave(program);
                return;
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.EINTR) {
                programs.leave(program);
            }
            return;
        }
        programs.heard(program);
        take(program);
    }

    /** Reads and closes; those whose close may wait come last. */
    private void take(HandingProgram program) {
        int sockets = 0;
        List<Integer> slow = new ArrayList<>(0);
        for (int fd : message.descriptors()) {
            boolean tcp = isTcp(fd);
            if (keep(tcp, fd, program.pid())) {
                sockets++;
            }
            if (tcp && !lingers(fd)) {
                FdMessage.close(fd);
            } else {
                slow.add(fd);
            }
        }
        if (message.isCut()) {
            lose();
        }
        if (slow.isEmpty()) {
            program.answer(sockets);
        } else {
            program.closeAndAnswer(slow, sockets, closers);
        }
    }

    private boolean isTcp(int fd) {
        int protocol = number(fd, SO_PROTOCOL);
        return (protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP) && number(fd, SO_TYPE) == SOCK_STREAM;
    }

    /** Whether the last close waits: {@code struct linger} is on, and has a time. */
    private boolean lingers(int fd) {
        return number(fd, SO_LINGER) > 0 && option.getInt(4) > 0;
    }

    /** The first number of an option of SOL_SOCKET; -1 where the file is no socket. */
    private int number(int fd, int name) {
        option.setInt(8, 8);
        try {
            Libc.getsockopt(fd, Libc.SOL_SOCKET, name, option, option.share(8));
            return option.getInt(0);
        } catch (LastErrorException e) {
            return -1;
        }
    }

    /** Reads a socket of TCP; false where it is none, or there is no room. */
    private synchronized boolean keep(boolean tcp, int fd, int pid) {
        if (!tcp) {
            others++;
            return false;
        }
        if (waiting.length() > LIMIT) {
            lost++;
            return false;
        }
        probe.handed(inode(fd), pid, Libc.clock(Libc.CLOCK_REALTIME), waiting);
        probe.options(fd, waiting);
        read++;
        return true;
    }

    private static long inode(int fd) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
            return Long.parseLong(target.replaceAll("\\D", ""));
        } catch (IOException e) {
            return 0; // no /proc: nothing else has inodes then
        }
    }

    private synchronized void lose() {
        lost++;
    }

    @Override
    public synchronized void take(CopyBuffer into) throws SourceException {
        into.append(waiting.bytes(), 0, waiting.length());
        probe.record(SockoptEntry.END, 0, into, read, others, lost);
        int missing = lost;
        waiting.clear();
        read = 0;
        others = 0;
        lost = 0;
        if (missing > 0) {
            throw new SourceException(Errno.name(Errno.ENOBUFS) + ": " + missing + " lost");
        }
    }

    /** The thread ends within its time-out and closes the connections. */
    @Override
    public void close() {
        listener.remove();
        closed = true;
        if (thread == null) {
            programs.close();
        }
    }
}
