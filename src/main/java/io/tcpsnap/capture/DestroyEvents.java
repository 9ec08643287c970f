package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import io.tcpsnap.kernel.DiagMessage;
import io.tcpsnap.kernel.Netlink;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What the kernel says of each TCP socket that it destroys: its last inet_diag message with {@code tcp_info}, as received;
 * a {@link DestroyCopy} for each network namespace has them.
 *
 * <p>A thread takes them as they come, since the kernel keeps no more than a receive buffer's worth, which without
 * privileges is at most net.core.rmem_max. Where the thread comes late too, or more
 * than {@value #LIMIT} bytes come between two copies, the kernel drops and counts them: the copy then has the error
 * {@code ENOBUFS: N lost}.
 *
 * <p>Those of other namespaces come to the same socket, by NETLINK_LISTEN_ALL_NSID: a socket of each of them would keep it
 * alive.
 *
 * <p>Groups and messages: net/core/sock_diag.c sock_diag_broadcast_destroy(), since 4.2, for everybody
 * (NL_CFG_F_NONROOT_RECV). Sent once the module tcp_diag is loaded, which a first dump does.
 */
final class DestroyEvents implements Closeable {
    static final int LIMIT = 16 << 20;
    private static final int RECEIVE = 1 << 13;
    /** What the kernel may keep; a limit, not memory. */
    private static final int KERNEL_BUFFER = 32 << 20;
    /** How long messages may gather, so that many come with one wake-up. */
    private static final long GATHER_NANOS = 5_000_000L;

    private final boolean everywhere;
    private final int fd;
    /** Why there are no messages; 0 where there are. */
    private volatile int refusal;

    private volatile boolean closed;
    private Thread thread;
    /** By the namespace's id; guarded by this, as the rest. */
    private final Map<Integer, DestroyCopy> copies = new HashMap<>();

    private long waiting;
    private long overruns;

    /**
     * Subscribes in the network namespace of this thread; what comes is kept from now on, and read after {@link #start}.
     *
     * @param everywhere in others too, which needs CAP_NET_BROADCAST
     */
    DestroyEvents(boolean everywhere) {
        this.everywhere = everywhere;
        fd = subscribe();
    }

    private int subscribe() {
        int socket = -1;
        try {
            socket = NetlinkSocket.open(Libc.NETLINK_SOCK_DIAG);
            NetlinkSocket.receiveBuffer(socket, KERNEL_BUFFER);
            if (everywhere) {
                NetlinkSocket.listenAll(socket);
            }
            NetlinkSocket.join(socket, Netlink.SKNLGRP_INET_TCP_DESTROY, Netlink.SKNLGRP_INET6_TCP_DESTROY);
            NetlinkSocket.timeout(socket, 1);
        } catch (LastErrorException e) {
            refusal = e.getErrorCode();
        }
        return socket;
    }

    /**
     * The messages of a namespace from now on.
     *
     * @param namespace its id, {@link NamespaceIds#NONE} for that of this thread; what comes from one that has no copy is
     *     dropped
     * @param copy where they go
     */
    synchronized void route(int namespace, DestroyCopy copy) {
        copies.values().removeIf(other -> other == copy);
        copies.put(namespace, copy);
    }

    /** Why the kernel refuses; 0 where it does not. */
    int refusal() {
        return refusal;
    }

    /** Of what the lost messages are, where that is not the copy's namespace alone. */
    String scope() {
        return everywhere ? " of all network namespaces" : "";
    }

    synchronized void start() {
        if (refusal == 0 && thread == null) {
            thread = new Thread(this::receiveAll, "destroy events");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void receiveAll() {
        NetlinkReceiver receiver = new NetlinkReceiver(RECEIVE);
        int flags = 0;
        while (!closed && refusal == 0) {
            try {
                ByteBuffer messages = receiver.receive(fd, flags);
                add(messages, receiver.namespace());
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
    private synchronized void add(ByteBuffer messages, int namespace) {
        while (waiting > LIMIT && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return; // nobody does
            }
        }
        DestroyCopy copy = copies.get(namespace);
        if (copy == null) {
            return;
        }
        int before = copy.waiting().length();
        for (int at = 0; messages.limit() - at >= Netlink.NLMSG_HDRLEN; ) {
            int length = messages.getInt(at);
            if (length < Netlink.NLMSG_HDRLEN || length > messages.limit() - at) {
                break; // the kernel sends whole messages
            }
            DiagMessage.copy(messages, at, length, copy.waiting()::append);
            at += Netlink.align(length);
        }
        waiting += copy.waiting().length() - before;
    }

    /** Some of what waits is in a tick now. */
    synchronized void taken(int bytes) {
        waiting -= bytes;
        notifyAll();
    }

    /** How many messages the kernel dropped, since the beginning. */
    synchronized long lost() {
        return Math.max(NetlinkSocket.drops(fd), overruns);
    }

    /** Drops what waits for a copy, and what comes from now on. */
    synchronized void remove(DestroyCopy copy) {
        taken(copy.waiting().length());
        copy.waiting().clear();
        copies.values().removeIf(other -> other == copy);
    }

    /** The thread ends within its time-out and closes the socket. */
    @Override
    public synchronized void close() {
        if (fd >= 0 && thread == null && !closed) {
            Libc.close(fd);
        }
        closed = true;
        notifyAll();
    }
}
