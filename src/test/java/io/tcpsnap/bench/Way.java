package io.tcpsnap.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;

/** One way to do the work of a benchmark: best wall and CPU time of its rounds, in ns. */
final class Way {
    /** The work; the count of rows comes back. */
    @FunctionalInterface
    interface Load {
        long run() throws IOException, SQLException;
    }

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String name;
    private final Load load;
    private long wall = Long.MAX_VALUE;
    private long cpu = Long.MAX_VALUE;
    private long rows;
    /** Whether another process does the work: its CPU time is not known here. */
    private boolean elsewhere;

    Way(String name, Load load) {
        this.name = name;
        this.load = load;
    }

    Way run() throws IOException, SQLException {
        long wallStart = System.nanoTime();
        long cpuStart = MACHINE.getProcessCpuTime();
        rows = load.run();
        cpu = Math.min(cpu, MACHINE.getProcessCpuTime() - cpuStart);
        wall = Math.min(wall, System.nanoTime() - wallStart);
        return this;
    }

    long rows() {
        return rows;
    }

    /** Says that another process does it. */
    Way elsewhere() {
        elsewhere = true;
        return this;
    }

    void print(long bytes) {
        String used = elsewhere ? "" : "%8.2f us CPU/row".formatted(cpu / 1e3 / rows);
        System.out.printf("  %-22s %,12.0f rows/s %9.0f MB/s %s%n", name, rows * 1e9 / wall, bytes * 1e3 / wall, used);
    }

    void printRatio(Way other) {
        String used = other.elsewhere ? "" : ", 1/%.1f of the CPU".formatted((double) other.cpu / cpu);
        System.out.printf("    against it: %.1f times as fast%s%n", (double) other.wall / wall, used);
    }

    /** Wall time of this one in that of another. */
    double share(Way whole) {
        return (double) wall / whole.wall;
    }

    double seconds() {
        return wall / 1e9;
    }
}
