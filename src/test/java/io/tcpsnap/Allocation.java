package io.tcpsnap;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What the current thread allocates: it is no less than the memory that the work needs at once. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Work that may read a file. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** What Jazzer adds to the code allocates too, where it compares texts. */
    private static final int INSTRUMENTED = Boolean.getBoolean("jazzer.hooks") ? 16 : 1;

    private Allocation() {}

    /** Fails where the work allocates more than {@code most} bytes, also when its classes are loaded already. */
    public static void assertAtMost(long most, Work work) throws IOException {
        if (of(work) > most * INSTRUMENTED) {
            assertThat(of(work)).as("bytes allocated").isLessThanOrEqualTo(most * INSTRUMENTED);
        }
    }

    private static long of(Work work) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
