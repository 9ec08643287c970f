package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.List;
import java.util.concurrent.Executor;

/** A program that is connected to hand sockets over. */
final class HandingProgram {
    private static final int SO_PEERCRED = 17;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final int fd;
    private final int pid;
    private boolean open = true;
    /** Whether another thread closes what it handed over. */
    private volatile boolean busy;

    HandingProgram(int fd) {
        this.fd = fd;
        this.pid = peer(fd);
    }

    /** {@code struct ucred}: pid, uid, gid. */
    private static int peer(int fd) {
        Memory credentials = new Memory(16);
        credentials.setInt(12, 12);
        Libc.getsockopt(fd, Libc.SOL_SOCKET, SO_PEERCRED, credentials, credentials.share(12));
        return credentials.getInt(0);
    }

    int fd() {
        return fd;
    }

    /** Who connected; 0 where the process is of another pid namespace. */
    int pid() {
        return pid;
    }

    boolean isBusy() {
        return busy;
    }

    /** Has descriptors closed that may take long, and answers then. */
    void closeAndAnswer(List<Integer> descriptors, int read, Executor closers) {
        busy = true;
        closers.execute(() -> {
            descriptors.forEach(FdMessage::close);
            answer(read);
            busy = false;
        });
    }

    /** Says how many sockets were read; goes without where the program does not read its answers. */
    synchronized void answer(int read) {
        if (open) {
            Memory answer = new Memory(1);
            answer.setByte(0, (byte) read);
            try {
                Libc.send(fd, answer, 1, Libc.MSG_DONTWAIT | MSG_NOSIGNAL);
            } catch (LastErrorException e) {
                return; // it is gone, or its queue is full
            }
        }
    }

    synchronized void close() {
        open = false;
        Libc.close(fd);
    }
}
