package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What a process sees of its own TCP sockets: every option, whether or not the recorder asks for it. */
public final class OwnSockets {
    /** Cleared by reading, or clocks: SO_ERROR; TCP_TIMESTAMP, TCP_SAVED_SYN, TCP_ZEROCOPY_RECEIVE. */
    private static final Set<Integer> NOT_SOL_SOCKET = Set.of(4);

    private static final Set<Integer> NOT_TCP = Set.of(24, 28, 35);
    private static final int TCP_INFO = 11;
    /** tcpi_last_data_sent to tcpi_last_ack_recv: how long ago, in milliseconds. */
    private static final int AGES = 44;

    private static final int AGES_END = 60;

    private OwnSockets() {}

    /** All in one line. */
    public static String look() {
        TreeMap<String, String> seen = new TreeMap<>();
        for (int fd : descriptors()) {
            for (int level : List.of(1, 6)) {
                options(fd, level, seen);
            }
        }
        return seen.toString();
    }

    /** Of all of them. */
    public static int[] descriptors() {
        try (ProcessFolder self = new ProcessFolder("/proc/self")) {
            int pid = (int) ProcessHandle.current().pid();
            SocketKinds kinds = new SocketKinds();
            return Arrays.stream(self.numbers("fd"))
                    .filter(fd -> {
                        long inode = SocketProcess.inode(self, fd);
                        return inode > 0 && kinds.isTcp(inode, pid, fd);
                    })
                    .toArray();
        }
    }

    private static void options(int fd, int level, TreeMap<String, String> seen) {
        Memory memory = new Memory(1024);
        for (int number = 1; number < 76; number++) {
            if (!(level == 1 ? NOT_SOL_SOCKET : NOT_TCP).contains(number)) {
                seen.put(fd + "/" + level + "/" + number, option(fd, level, number, memory));
            }
        }
    }

    private static String option(int fd, int level, int number, Memory memory) {
        memory.setInt(1000, 512);
        try {
            ProcessCalls.getsockopt(fd, level, number, memory, memory.share(1000));
        } catch (LastErrorException e) {
            return Errno.name(e.getErrorCode());
        }
        byte[] value = memory.getByteArray(0, memory.getInt(1000));
        if (level == 6 && number == TCP_INFO) {
            Arrays.fill(value, AGES, AGES_END, (byte) 0);
        }
        return HexFormat.of().formatHex(value);
    }
}
