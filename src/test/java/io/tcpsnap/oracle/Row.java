package io.tcpsnap.oracle;

import java.util.Map;

/**
 * One of our decoded rows: values by column name, wherever they come from.
 *
 * @param values numbers, booleans and strings; an absent key and a null value are NULL
 */
record Row(Map<String, Object> values) {
    boolean has(String column) {
        return values.get(column) != null;
    }

    /** The value, or 0 for NULL: ss, too, cannot tell the two apart. */
    long number(String column) {
        Object value = values.get(column);
        return value == null ? 0 : ((Number) value).longValue();
    }

    /** As {@link #number}, unsigned 64 bits. */
    String unsigned(String column) {
        return Long.toUnsignedString(number(column));
    }

    /** An unsigned 64-bit value as C converts it to double. */
    double real(String column) {
        long value = number(column);
        return value >= 0 ? value : new java.math.BigInteger(unsigned(column)).doubleValue();
    }

    boolean flag(String column) {
        return Boolean.TRUE.equals(values.get(column));
    }

    /** Null for NULL. */
    String text(String column) {
        Object value = values.get(column);
        return value == null ? null : value.toString();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
