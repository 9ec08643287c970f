package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Runs something without privilege: in a thread that became nobody, since the bare system call is of its thread alone. */
final class Nobody {
    private static final long NOBODY = 65534;
    private static final long SYS_SETRESUID = System.getProperty("os.arch").equals("amd64") ? 117 : 147;

    static {
        Native.register("c");
    }

    private Nobody() {}

    private static native long syscall(long number, long a, long b, long c) throws LastErrorException;

    static <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(() -> {
            syscall(SYS_SETRESUID, NOBODY, NOBODY, NOBODY);
            return task.call();
        });
        new Thread(future).start();
        return future.get();
    }
}
