package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import io.tcpsnap.kernel.DiagMessage;
import io.tcpsnap.kernel.Netlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;

/**
 * What the kernel says of each TCP socket that it destroys: its last inet_diag message with {@code tcp_info}, as received,
 * those since the copy before.
 *
 * <p>A thread takes them as they come, since the kernel keeps no more than a receive buffer's worth, which without
 * privileges is at most net.core.rmem_max. Where the thread comes late too, or more
 * than {@value #LIMIT} bytes come between two copies, the kernel drops and counts them: the copy then has the error
 * {@code ENOBUFS: N lost}.
 *
 * <p>Groups and messages: net/core/sock_diag.c sock_diag_broadcast_destroy(), since 4.2, for everybody
 * (NL_CFG_F_NONROOT_RECV). Sent once the module tcp_diag is loaded, which a first dump does.
 */
final class DestroyEvents implements Source {
    static final int LIMIT = 16 << 20;
    private static final int RECEIVE = 1 << 13;
    /** What the kernel may keep; a limit, not memory. */
    private static final int KERNEL_BUFFER = 32 << 20;
    /** How long messages may gather, so that many come with one wake-up. */
    private static final long GATHER_NANOS = 5_000_000L;

    private final int fd;
    /** Why there are no messages; 0 where there are. */
    private volatile int refusal;

    private volatile boolean closed;
    private Thread thread;
    /** Messages since the last copy; guarded by this, as the rest. */
    private final CopyBuffer waiting = new CopyBuffer();

    private long overruns;
    private long reported;

    /** Subscribes in the network namespace of this thread; what comes is kept from now on, and read after {@link #start}. */
    DestroyEvents() {
        fd = subscribe();
    }

    private int subscribe() {
        int socket = -1;
        try {
            socket = NetlinkSocket.open();
            NetlinkSocket.receiveBuffer(socket, KERNEL_BUFFER);
            NetlinkSocket.join(socket, Netlink.SKNLGRP_INET_TCP_DESTROY, Netlink.SKNLGRP_INET6_TCP_DESTROY);
            NetlinkSocket.timeout(socket, 1);
        } catch (LastErrorException e) {
            refusal = e.getErrorCode();
        }
        return socket;
    }

    /** Why the kernel refuses, as {@code EPERM}; null where it does not. */
    @Override
    public String refusal() {
        return refusal == 0 ? null : Errno.name(refusal);
    }

    @Override
    public String path() {
        return "sock_diag/destroy";
    }

    @Override
    public void start() {
        if (refusal == 0) {
            thread = new Thread(this::receiveAll, "destroy events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void receiveAll() {
        Memory memory = new Memory(RECEIVE);
        ByteBuffer message = ByteBuffer.allocate(RECEIVE).order(ByteOrder.nativeOrder());
        int flags = 0;
        while (!closed && refusal == 0) {
            try {
                int length = (int) Libc.recv(fd, memory, RECEIVE, flags);
                memory.read(0, message.array(), 0, length);
                add(message, length);
                flags = Libc.MSG_DONTWAIT;
            } catch (LastErrorException e) {
                flags = 0;
                failed(e.getErrorCode());
            }
        }
        Libc.close(fd);
    }

    private void failed(int errno) {
        if (errno == Errno.EAGAIN) {
            LockSupport.parkNanos(GATHER_NANOS);
        } else if (errno == Errno.ENOBUFS) {
            overrun();
        } else if (errno != Errno.EINTR) {
            refusal = errno;
        }
    }

    private synchronized void overrun() {
        overruns++;
    }

    /** Keeps the messages of a datagram, once there is room. */
    private synchronized void add(ByteBuffer messages, int received) {
        while (waiting.length() > LIMIT && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return; // nobody does
            }
        }
        for (int at = 0; received - at >= Netlink.NLMSG_HDRLEN; ) {
            int length = messages.getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > received - at) {
                return; // the kernel sends whole messages
            }
            DiagMessage.copy(messages, at, length, waiting::append);
            at += Netlink.align(length);
        }
    }

    @Override
    public synchronized void take(CopyBuffer into) throws SourceException {
        into.append(waiting.bytes(), 0, waiting.length());
        waiting.clear();
        notifyAll();
        if (refusal != 0) {
            throw new SourceException(refusal);
        }
        long dropped = NetlinkSocket.drops(fd);
        long lost = Math.max(dropped, overruns) - reported;
        if (lost > 0) {
            reported += lost;
            throw new SourceException(Errno.name(Errno.ENOBUFS) + ": " + lost + " lost");
        }
    }

    /** The thread ends within its time-out and closes the socket. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        if (fd >= 0 && thread == null) {
            Libc.close(fd);
        }
    }
}
