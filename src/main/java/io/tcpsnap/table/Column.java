package io.tcpsnap.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One column, declared once: what it is called, what it means, and how it is read from a row.
 *
 * @param <R> the row
 */
public final class Column<R> {
    /** Reads the column of the current row into a cell, or leaves the cell NULL. */
    @FunctionalInterface
    public interface Reader<R> {
        void read(R row, ColumnVector out, int index);
    }

    private final String name;
    private final SqlType type;
    private final List<String> nulls = new ArrayList<>();
    private Reader<? super R> reader;
    private String unit;
    private String kernel;
    private String since;
    private String doc;

    private Column(String name, SqlType type, Reader<? super R> reader) {
        this.name = name;
        this.type = type;
        this.reader = reader;
    }

    public static <R> Column<R> number(String name, SqlType type, ToLongFunction<? super R> value) {
        return new Column<>(name, type, (row, out, i) -> out.set(i, value.applyAsLong(row)));
    }

    public static <R> Column<R> real(String name, ToDoubleFunction<? super R> value) {
        return new Column<>(
                name,
                SqlType.DOUBLE,
                (row, out, i) -> out.set(i, Double.doubleToRawLongBits(value.applyAsDouble(row))));
    }

    public static <R> Column<R> flag(String name, Predicate<? super R> value) {
        return new Column<>(name, SqlType.BOOLEAN, (row, out, i) -> out.set(i, value.test(row) ? 1 : 0));
    }

    /** Text in UTF-8; a null value is NULL. */
    public static <R> Column<R> text(String name, Function<? super R, byte[]> value) {
        return new Column<>(name, SqlType.VARCHAR, (row, out, i) -> out.set(i, value.apply(row)));
    }

    /** Bytes; a null value is NULL. */
    public static <R> Column<R> blob(String name, Function<? super R, byte[]> value) {
        return new Column<>(name, SqlType.BLOB, (row, out, i) -> out.set(i, value.apply(row)));
    }

    /** A label of the enumeration {@code type}; a null value is NULL. */
    public static <R, E extends Enum<E>> Column<R> label(String name, SqlType type, Function<? super R, E> value) {
        return new Column<>(name, type, (row, out, i) -> {
            E label = value.apply(row);
            if (label != null) {
                out.set(i, label.ordinal());
            }
        });
    }

    /** Unit of the value, as a person writes it: {@code bytes}, {@code us}, {@code segments}. */
    public Column<R> unit(String text) {
        unit = text;
        return this;
    }

    /** The kernel's expression for the value, with the function that has it. */
    public Column<R> kernel(String expression) {
        kernel = expression;
        return this;
    }

    /** First kernel release that reports the value. */
    public Column<R> since(String release) {
        since = release;
        return this;
    }

    /** What the value means; one or more sentences, the first of which stands alone. */
    public Column<R> doc(String text) {
        doc = text;
        return this;
    }

    /** Makes the column NULL in rows where {@code absent} holds; {@code meaning} completes "NULL: ...". */
    public Column<R> absentWhen(Predicate<? super R> absent, String meaning) {
        Reader<? super R> inner = reader;
        reader = (row, out, i) -> {
            if (!absent.test(row)) {
                inner.read(row, out, i);
            }
        };
        nulls.add(meaning);
        return this;
    }

    /** Makes the kernel's marker {@code sentinel} NULL; {@code meaning} completes "NULL: ...". */
    public Column<R> nullWhen(long sentinel, String meaning) {
        Reader<? super R> inner = reader;
        reader = (row, out, i) -> {
            inner.read(row, out, i);
            if (out.present[i] && out.longs[i] == sentinel) {
                out.present[i] = false;
            }
        };
        nulls.add(meaning);
        return this;
    }

    public void read(R row, ColumnVector out, int index) {
        reader.read(row, out, index);
    }

    public String name() {
        return name;
    }

    public SqlType type() {
        return type;
    }

    /** Null where the value has no unit. */
    public String unit() {
        return unit;
    }

    /** Null where the value does not come from one kernel expression. */
    public String kernel() {
        return kernel;
    }

    /** Null where every kernel that we know reports it. */
    public String since() {
        return since;
    }

    public String doc() {
        return doc;
    }

    /** What NULL stands for, in declaration order; empty where it never occurs. */
    public List<String> nulls() {
        return nulls;
    }

    /** The whole declaration in one line, as it stands in the database's comment. */
    public String comment() {
        StringBuilder text = new StringBuilder(doc);
        if (unit != null) {
            text.append(" Unit: ").append(unit).append('.');
        }
        if (!nulls.isEmpty()) {
            text.append(" NULL: ").append(String.join("; ", nulls)).append('.');
        }
        if (kernel != null) {
            text.append(" Kernel: ").append(kernel).append('.');
        }
        if (since != null) {
            text.append(" Since ").append(since).append('.');
        }
        return text.toString();
    }
}
