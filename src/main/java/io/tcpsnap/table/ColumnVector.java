package io.tcpsnap.table;

import java.util.Arrays;

/**
 * Values of one column for a batch of rows: whole numbers, booleans (0, 1), enumeration ordinals, micros and raw double
 * bits in {@link #longs}; bytes in {@link #texts}. A cell is NULL unless it was set since {@link #clear}.
 */
public final class ColumnVector {
    public final long[] longs;
    public final byte[][] texts;
    public final boolean[] present;

    public ColumnVector(SqlType type, int capacity) {
        longs = type.isText() ? null : new long[capacity];
        texts = type.isText() ? new byte[capacity][] : null;
        present = new boolean[capacity];
    }

    public void set(int index, long value) {
        longs[index] = value;
        present[index] = true;
    }

    /** Sets the cell, or leaves it NULL where {@code value} is null. */
    public void set(int index, byte[] value) {
        texts[index] = value;
        present[index] = value != null;
    }

    /** Sets the cells behind {@code first} to what it has, so that {@code size} are the same. */
    void repeat(int first, int size) {
        if (!present[first]) {
            return;
        }
        Arrays.fill(present, first, first + size, true);
        if (texts != null) {
            Arrays.fill(texts, first, first + size, texts[first]);
        } else {
            Arrays.fill(longs, first, first + size, longs[first]);
        }
    }

    /** Makes cells NULL that hold a marker. */
    void drop(long marker, int first, int size) {
        for (int i = first; i < first + size; i++) {
            present[i] &= longs[i] != marker;
        }
    }

    public void clear(int size) {
        Arrays.fill(present, 0, size, false);
        if (texts != null) {
            Arrays.fill(texts, 0, size, null);
        }
    }
}
