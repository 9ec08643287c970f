package io.tcpsnap.output;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A result that is read once: its columns, counted from 0, and their values in the current row. */
public final class Result {
    /** Hears of each row when it becomes the current one. */
    @FunctionalInterface
    public interface Watcher {
        void row(Result result) throws SQLException;
    }

    private final ResultSet rows;
    private final List<Watcher> watchers;
    private final String[] names;
    private final String[] typeNames;
    private final int[] types;
    private long read;

    public Result(ResultSet rows) throws SQLException {
        this(rows, List.of());
    }

    /** @param watchers hear of every row, in their order, before it is printed */
    public Result(ResultSet rows, List<Watcher> watchers) throws SQLException {
        this.rows = rows;
        this.watchers = watchers;
        ResultSetMetaData meta = rows.getMetaData();
        names = new String[meta.getColumnCount()];
        typeNames = new String[names.length];
        types = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = meta.getColumnLabel(i + 1);
            typeNames[i] = meta.getColumnTypeName(i + 1);
            types[i] = meta.getColumnType(i + 1);
        }
    }

    /** Goes to the next row; false at the end. */
    public boolean next() throws SQLException {
        if (!rows.next()) {
            return false;
        }
        read++;
        for (Watcher watcher : watchers) {
            watcher.row(this);
        }
        return true;
    }

    /** How many rows were read so far. */
    public long read() {
        return read;
    }

    /** How many columns there are. */
    public int count() {
        return names.length;
    }

    public String name(int column) {
        return names[column];
    }

    /** The names, of which the second of one is {@code name_1}, for readers that need them to differ. */
    public List<String> distinctNames() {
        Set<String> taken = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            String free = name;
            for (int n = 1; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
                free = name + "_" + n;
            }
            distinct.add(free);
        }
        return distinct;
    }

    /** The type as SQL. */
    public String typeName(int column) {
        return typeNames[column];
    }

    /** Whether the column is a time without a zone: in all tables of this program UTC. */
    public boolean isTime(int column) {
        return typeNames[column].startsWith("TIMESTAMP") && !typeNames[column].contains("ZONE");
    }

    boolean isJson(int column) {
        return typeNames[column].equals("JSON");
    }

    /** Whether the column is of a numeric type, by its DuckDB name too: unsigned and huge ones have no JDBC type. */
    public boolean isNumber(int column) {
        return switch (types[column]) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> typeNames[column].matches("U?(BIG|HUGE)INT|BIGNUM");
        };
    }

    /**
     * The value as JDBC gives it, but a timestamp as LocalDateTime; null for NULL.
     *
     * @throws SQLException where it cannot be read, also where Java has no such value
     */
    public Object value(int column) throws SQLException {
        try {
            // java.sql.Timestamp has no time in the hour that summer time skips
            return types[column] == Types.TIMESTAMP
                    ? rows.getObject(column + 1, LocalDateTime.class)
                    : rows.getObject(column + 1);
        } catch (DateTimeException | ArithmeticException e) {
            if (types[column] == Types.TIME) {
                // the one time of a day that DuckDB has and Java has not
                return "24:00:00";
            }
            throw new SQLException("column " + names[column] + " has a value out of range: " + e.getMessage(), e);
        }
    }

    /** The value as text, null for NULL. */
    public String text(int column) throws SQLException {
        Object value = value(column);
        boolean nested = value instanceof Array || value instanceof Struct || value instanceof Map;
        return nested ? rows.getString(column + 1) : text(value);
    }

    /** A value as text, null for null. */
    static String text(Object value) throws SQLException {
        if (value instanceof LocalDateTime time) {
            return TimeText.of(time);
        } else if (value instanceof OffsetDateTime time) {
            return TimeText.of(time);
        } else if (value instanceof LocalDate date) {
            return TimeText.of(date);
        } else if (value instanceof LocalTime time) {
            return TimeText.of(time);
        } else if (value instanceof OffsetTime time) {
            return TimeText.of(time);
        } else if (value instanceof Blob blob) {
            return bytes(blob.getBytes(1, (int) blob.length()));
        }
        return value == null ? null : value.toString();
    }

    /** Printable ASCII as it is, other bytes as {@code \x41}: as DuckDB writes blobs. */
    private static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~' && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }
}
