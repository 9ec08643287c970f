package io.tcpsnap.decode;

import io.tcpsnap.kernel.InetDiag;

/**
 * The known fields of one inet_diag row, where the bytes themselves are not at hand. A field has the name that it has in
 * {@link InetDiagRow}: its attribute and the byte before which it ends.
 */
final class DiagValues {
    /** In place of an attribute: {@code struct inet_diag_msg} itself, by the offsets of {@link InetDiag}. */
    static final int MESSAGE = 0;

    private static final int ATTRIBUTES = InetDiag.ATTRIBUTES;
    private static final int INFO_BYTES = 512;
    private static final int OTHER_BYTES = 80;
    private static final int BIT_FIELDS = 8 * 8;

    private final long[][] values = new long[ATTRIBUTES][];
    /** The row that set the value last: only the current one counts. */
    private final int[][] rows = new int[ATTRIBUTES][];

    private final int[] attributeRow = new int[ATTRIBUTES];
    private final byte[][] texts = new byte[ATTRIBUTES][];
    /** Of tcp_info's first eight bytes. */
    private final long[] bits = new long[BIT_FIELDS];

    private final int[] bitsRow = new int[BIT_FIELDS];
    private int row = 1;

    DiagValues() {
        for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
            int size = attribute == InetDiag.ATTR_INFO ? INFO_BYTES : OTHER_BYTES;
            values[attribute] = new long[size];
            rows[attribute] = new int[size];
        }
    }

    /** Forgets all values. */
    void clear() {
        row++;
    }

    void put(int attribute, int end, long value) {
        values[attribute][end] = value;
        rows[attribute][end] = row;
        attributeRow[attribute] = row;
    }

    boolean has(int attribute, int end) {
        return end < rows[attribute].length && rows[attribute][end] == row;
    }

    long get(int attribute, int end) {
        return values[attribute][end];
    }

    /** Whether any field of the attribute is known. */
    boolean hasAny(int attribute) {
        return attributeRow[attribute] == row;
    }

    void putText(int attribute, byte[] text) {
        texts[attribute] = text;
        put(attribute, 1, 0);
    }

    byte[] text(int attribute) {
        return texts[attribute];
    }

    /** Sets a bit-field of tcp_info. */
    void putBits(int offset, int bit, long value) {
        bits[offset * 8 + bit] = value;
        bitsRow[offset * 8 + bit] = row;
        attributeRow[InetDiag.ATTR_INFO] = row;
    }

    boolean hasBits(int attribute, int offset, int bit) {
        return attribute == InetDiag.ATTR_INFO && offset < 8 && bitsRow[offset * 8 + bit] == row;
    }

    long bits(int offset, int bit) {
        return bits[offset * 8 + bit];
    }
}
