package io.tcpsnap.table;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A column's SQL type.
 *
 * @param name as in DDL; for an enumeration the name of the type
 * @param labels labels of an enumeration in order, else empty
 */
public record SqlType(String name, List<String> labels) {
    public static final SqlType BOOLEAN = plain("BOOLEAN");
    public static final SqlType UTINYINT = plain("UTINYINT");
    public static final SqlType USMALLINT = plain("USMALLINT");
    public static final SqlType INTEGER = plain("INTEGER");
    public static final SqlType UINTEGER = plain("UINTEGER");
    public static final SqlType BIGINT = plain("BIGINT");
    public static final SqlType UBIGINT = plain("UBIGINT");
    public static final SqlType DOUBLE = plain("DOUBLE");
    public static final SqlType VARCHAR = plain("VARCHAR");
    public static final SqlType BLOB = plain("BLOB");
    /** Microseconds since the epoch, UTC. */
    public static final SqlType TIMESTAMP = plain("TIMESTAMP");

    private static SqlType plain(String name) {
        return new SqlType(name, List.of());
    }

    /** An enumeration whose labels are the names of {@code values} as they stand. */
    public static <E extends Enum<E>> SqlType enumOf(String name, E[] values) {
        return new SqlType(name, Stream.of(values).map(Enum::name).toList());
    }

    /** An enumeration whose labels are the names of {@code values} in lower case. */
    public static <E extends Enum<E>> SqlType lowerCaseEnumOf(String name, E[] values) {
        return new SqlType(
                name,
                Stream.of(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList());
    }

    public boolean isEnum() {
        return !labels.isEmpty();
    }

    /** Whether values are UTF-8 bytes rather than numbers. */
    public boolean isText() {
        return equals(VARCHAR) || equals(BLOB);
    }
}
