package io.tcpsnap.decode;

/** Takes what a decoder could not read. Called on the thread that decodes. */
@FunctionalInterface
public interface ProblemSink {
    ProblemSink NONE = problem -> {};

    void accept(Problem problem);
}
