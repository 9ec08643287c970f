package io.tcpsnap.decode;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/**
 * A socket as inet_diag describes it, whoever wrote it down: the kernel in netlink messages ({@link InetDiagDump}) or ss in
 * text ({@link SsTcp}).
 *
 * <p>Fields are named by where the kernel puts them, in {@code struct inet_diag_msg} or in an attribute of it. A field may
 * be asked for only where it is there: {@link #sent} for the message, {@link #has} and {@link #hasBits} for attributes.
 */
public interface InetDiagRow {
    Snapshot snapshot();

    /** Path of the entry that the row is from. */
    String source();

    /** Whether the field at {@code offset} of {@code struct inet_diag_msg} is known. A netlink message has all of them. */
    boolean sent(int offset);

    /** Whether the field of an attribute that ends before byte {@code end} is known. */
    boolean has(int attribute, int end);

    /** A field of an attribute that {@link #has} it; 8 bytes as their bit pattern. */
    long field(int attribute, int offset, int width);

    /**
     * A field of all the rows that were read ahead, where they {@link #has} it; other cells stay as they are.
     *
     * @param first the cell of the first row
     */
    default void fields(int attribute, int offset, int width, int rows, long[] values, boolean[] present, int first) {
        for (int i = 0; i < rows; i++) {
            row(i);
            if (has(attribute, offset + width)) {
                values[first + i] = field(attribute, offset, width);
                present[first + i] = true;
            }
        }
    }

    /** As {@link Decoder#row}. */
    void row(int index);

    /**
     * Whether a bit-field is known.
     *
     * @param length of the attribute in the first kernel that fills the bit-field, before that its byte was padding
     */
    boolean hasBits(int attribute, int offset, int bit, int length);

    /**
     * A C bit-field of an attribute's byte.
     *
     * @param bit number of its first bit on a little-endian machine
     */
    long bits(int attribute, int offset, int bit, int width);

    /** A C bit-field of an attribute's 32-bit word, as {@link #bits}. */
    long wordBits(int attribute, int offset, int bit, int width);

    /** The text of an attribute that {@link #has} a byte. */
    byte[] text(int attribute);

    /** 4 or 6; field {@code FAMILY}. */
    int family();

    /** Null where it is unknown. */
    TcpState state();

    /** Null where it is unknown. */
    TimerKind timer();

    /** Null where the text does not tell. */
    RowKind rowKind();

    boolean isListen();

    /** Null where it is unknown. */
    byte[] localAddr();

    /** Null where it is unknown. */
    byte[] remoteAddr();

    /** The value of the column {@code conn}; needs family, addresses and ports: {@link #hasConn}. */
    long conn();

    boolean hasConn();

    int localPort();

    int remotePort();

    int timerCode();

    int retrans();

    /** Milliseconds until the timer fires; 0 where it has expired. */
    long expires();

    long rqueue();

    long wqueue();

    long uid();

    long inode();

    long ifindex();

    long cookie();

    /** What the source printed and no field holds, word for word; null where there is none. */
    byte[] rest();
}
