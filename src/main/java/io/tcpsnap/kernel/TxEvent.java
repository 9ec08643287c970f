package io.tcpsnap.kernel;

/** What happened to sent data, by {@code ee_info}. Source: include/uapi/linux/errqueue.h SCM_TSTAMP_*. */
public enum TxEvent {
    SND,
    SCHED,
    ACK,
    COMPLETION;

    private static final TxEvent[] ALL = values();

    /** Null where the number is of none. */
    public static TxEvent of(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : null;
    }
}
