package io.tcpsnap.bench;

import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks whose name contains a regular expression, {@code .} for all: JMH's, and then the load and the start. */
public final class Benchmarks {
    private static final String SOCKETS = System.getProperty("bench.sockets", "1000");

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        String pattern = args.length == 0 ? "." : args[0];
        Runner runner = new Runner(new OptionsBuilder()
                .include(pattern)
                .param("sockets", SOCKETS)
                .forks(1)
                .jvmArgsAppend("-Djava.net.preferIPv4Stack=true") // else Java's sockets are all in tcp6
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build());
        try {
            runner.run();
        } catch (NoBenchmarksException e) {
            // it is one of the others that is wanted
        }
        if ("LoadBenchmark".matches(".*" + pattern + ".*")) {
            LoadBenchmark.run(Integer.parseInt(SOCKETS), Integer.getInteger("bench.ticks", 2000));
        }
        if ("StartUpBenchmark".matches(".*" + pattern + ".*")) {
            StartUpBenchmark.run(Integer.parseInt(SOCKETS), Integer.getInteger("bench.ticks", 2000));
        }
    }
}
