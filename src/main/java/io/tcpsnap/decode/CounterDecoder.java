package io.tcpsnap.decode;

/** A decoder whose rows are named counters of a protocol. */
public abstract class CounterDecoder extends TextDecoder {
    CounterDecoder(ProblemSink problems) {
        super(problems);
    }

    /** What stands before the colon, as {@code TcpExt}. */
    public abstract byte[] proto();

    public abstract byte[] name();

    /** The value; one above 2^63-1 is no row but a problem. */
    public abstract long value();
}
