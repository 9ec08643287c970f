package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/** Those who are connected to hand sockets over. One thread. */
final class HandingPrograms implements Closeable {
    /** How many at most: another one takes the place of the one that was silent for longest. */
    static final int MOST = 64;

    /** {@code struct pollfd}: int fd, short events, short revents. */
    private static final int POLLFD = 8;

    private static final short POLLIN = 1;
    private static final int IDLE_MILLIS = 1000;
    /** How soon a program is heard again that was busy. */
    private static final int BUSY_MILLIS = 5;

    static {
        Native.register("c");
    }

    private final UnixListener listener;
    private final Memory polled = new Memory((MOST + 1L) * POLLFD);
    /** The one that was silent for longest first. */
    private final List<HandingProgram> programs = new ArrayList<>();

    HandingPrograms(UnixListener listener) {
        this.listener = listener;
    }

    private static native int poll(Pointer fds, long count, int timeout) throws LastErrorException;

    /** Waits until there is something, at most a second; returns those who sent something or left, busy ones aside. */
    List<HandingProgram> await() {
        List<HandingProgram> idle =
                programs.stream().filter(program -> !program.isBusy()).toList();
        expect(0, listener.fd());
        for (int i = 0; i < idle.size(); i++) {
            expect(i + 1, idle.get(i).fd());
        }
        poll(polled, idle.size() + 1L, idle.size() < programs.size() ? BUSY_MILLIS : IDLE_MILLIS);
        List<HandingProgram> ready = new ArrayList<>();
        for (int i = 0; i < idle.size(); i++) {
            if (isReady(i + 1)) {
                ready.add(idle.get(i));
            }
        }
        return ready;
    }

    private void expect(long index, int fd) {
        polled.setInt(index * POLLFD, fd);
        polled.setInt(index * POLLFD + 4, 0);
        polled.setShort(index * POLLFD + 4, POLLIN);
    }

    private boolean isReady(long index) {
        return polled.getShort(index * POLLFD + 6) != 0;
    }

    /** Accepts one, if one was there at {@link #await}. */
    void accept() {
        if (isReady(0)) {
            HandingProgram program = new HandingProgram(listener.accept());
            programs.add(program);
            if (programs.size() > MOST) {
                programs.stream().filter(one -> !one.isBusy()).findFirst().ifPresent(this::leave);
            }
        }
    }

    /** Notes that one was heard. */
    void heard(HandingProgram program) {
        programs.remove(program);
        programs.add(program);
    }

    void leave(HandingProgram program) {
        programs.remove(program);
        program.close();
    }

    @Override
    public void close() {
        programs.forEach(HandingProgram::close);
        listener.close();
    }
}
