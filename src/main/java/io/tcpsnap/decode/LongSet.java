package io.tcpsnap.decode;

import java.util.Arrays;

/** A set of 64-bit hashes, in open addressing; grows with what is in it and is reused. */
final class LongSet {
    private long[] slots = new long[1 << 10];
    private int size;
    private boolean zero;

    void clear() {
        if (size > 0) {
            Arrays.fill(slots, 0);
            size = 0;
        }
        zero = false;
    }

    /** Adds a value; false where it was there. */
    boolean add(long value) {
        if (value == 0) {
            boolean isNew = !zero;
            zero = true;
            return isNew;
        }
        if (2 * size >= slots.length) {
            grow();
        }
        int at = slot(value);
        if (slots[at] == value) {
            return false;
        }
        slots[at] = value;
        size++;
        return true;
    }

    /** Where the value is, or the free slot where it belongs. */
    private int slot(long value) {
        int at = (int) (value ^ value >>> 32) & slots.length - 1;
        while (slots[at] != 0 && slots[at] != value) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long value : old) {
            if (value != 0) {
                slots[slot(value)] = value;
            }
        }
    }
}
