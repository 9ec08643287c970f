package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;

/**
 * Room for one message of a Unix socket and the descriptors that came with it: {@code struct msghdr}, {@code struct iovec}
 * and {@code struct cmsghdr} of 64-bit Linux. What the message says is of no interest.
 */
final class FdMessage {
    /** SCM_MAX_FD of include/net/scm.h: what one message may hold. */
    static final int MAX_FD = 253;

    private static final int MSG_CTRUNC = 8;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int SCM_RIGHTS = 1;
    private static final int MSGHDR = 56;
    private static final int MSGHDR_FLAGS = 48;
    private static final int CMSGHDR = 16;

    private final Memory data = new Memory(64);
    private final Memory vector = new Memory(16);
    private final Memory control = new Memory(CMSGHDR + 4 * (MAX_FD + 1));
    private final Memory header = new Memory(MSGHDR);
    private final int[] descriptors = new int[MAX_FD];
    private int count;
    private boolean cut;

    FdMessage() {
        vector.setPointer(0, data);
        vector.setLong(8, data.size());
    }

    /** Takes the next message, without waiting; false at the end of the connection. */
    boolean receive(int socket) {
        header.clear();
        header.setPointer(16, vector);
        header.setLong(24, 1);
        header.setPointer(32, control);
        header.setLong(40, control.size());
        count = 0;
        long length = Libc.recvmsg(socket, header, Libc.MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        cut = (header.getInt(MSGHDR_FLAGS) & MSG_CTRUNC) != 0;
        long end = header.getLong(40);
        for (long at = 0; end - at >= CMSGHDR; at += control.getLong(at) + 7 & ~7) {
            rights(control.share(at), (int) (control.getLong(at) - CMSGHDR) / 4);
        }
        return length > 0 || count > 0 || cut;
    }

    private void rights(Pointer message, int held) {
        if (message.getInt(8) == Libc.SOL_SOCKET && message.getInt(12) == SCM_RIGHTS) {
            message.read(CMSGHDR, descriptors, count, held);
            count += held;
        }
    }

    /** All that are open in this process now, to be closed by the caller. */
    int[] descriptors() {
        return Arrays.copyOf(descriptors, count);
    }

    /** Closes one. The descriptor is free even where its file reports an error, which is none of our business. */
    static void close(int descriptor) {
        try {
            Libc.close(descriptor);
        } catch (LastErrorException e) {
            return;
        }
    }

    /** Whether the kernel dropped some, since this process may not open more; it does not say how many. */
    boolean isCut() {
        return cut;
    }
}
