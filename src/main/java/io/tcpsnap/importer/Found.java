package io.tcpsnap.importer;

import java.time.Instant;

/**
 * A copy of one source, as it was found in an input.
 *
 * @param entry its path in the tick: {@code proc/net/tcp}
 * @param content its bytes; of a sock_diag source whole messages, without NLMSG_DONE
 * @param index number of its tick in the input, from 0
 * @param when the time that the input says; null where it says none
 * @param families address families of a sock_diag source's messages, 1 for IPv4 and 2 for IPv6; 0 for text
 * @param done NLMSG_DONE to put at the end of a sock_diag source; null where the dump was cut short, and for text
 */
record Found(String entry, Content content, int index, Instant when, int families, byte[] done) {
    static Found text(String entry, Content content, int index, Instant when) {
        return new Found(entry, content, index, when, 0, null);
    }

    boolean isDiag() {
        return entry.contains("sock_diag/");
    }

    /** Whether both cannot be the same source of one tick. Dumps of different families are halves of one. */
    boolean excludes(Found other) {
        return entry.equals(other.entry) && (!isDiag() || (families & other.families) != 0);
    }
}
