package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
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
    private final String name;
    private final SqlType type;
    private final List<String> nulls = new ArrayList<>();
    /** The value as {@link ColumnVector#longs} has it; null for text. */
    private final ToLongFunction<? super R> number;
    /** The value of a text, null for a number. */
    private final Function<? super R, byte[]> text;

    private Predicate<? super R> absent;
    /** Reads many rows at once where nothing but {@link #covered} makes the column NULL; null for none. */
    private Batch<? super R> batch;

    private Predicate<? super R> covered;
    /** Whether all rows of one copy have the same value. */
    private boolean ofCopy;

    /** Whether {@link #sentinel} stands for NULL. */
    private boolean marked;

    private boolean cumulative;

    private long sentinel;
    private String unit;
    private String kernel;
    private String since;
    private String doc;

    /** Reads a column of rows that a decoder has read ahead into the cells from {@code first} on. */
    @FunctionalInterface
    interface Batch<R> {
        void read(R row, int rows, ColumnVector out, int first);
    }

    private Column(String name, SqlType type, ToLongFunction<? super R> number, Function<? super R, byte[]> text) {
        this.name = name;
        this.type = type;
        this.number = number;
        this.text = text;
    }

    public static <R> Column<R> number(String name, SqlType type, ToLongFunction<? super R> value) {
        return new Column<>(name, type, value, null);
    }

    public static <R> Column<R> real(String name, ToDoubleFunction<? super R> value) {
        return number(name, SqlType.DOUBLE, row -> Double.doubleToRawLongBits(value.applyAsDouble(row)));
    }

    public static <R> Column<R> flag(String name, Predicate<? super R> value) {
        return number(name, SqlType.BOOLEAN, row -> value.test(row) ? 1 : 0);
    }

    /** Text in UTF-8; a null value is NULL. */
    public static <R> Column<R> text(String name, Function<? super R, byte[]> value) {
        return new Column<>(name, SqlType.VARCHAR, null, value);
    }

    /** Bytes; a null value is NULL. */
    public static <R> Column<R> blob(String name, Function<? super R, byte[]> value) {
        return new Column<>(name, SqlType.BLOB, null, value);
    }

    /** A label of the enumeration {@code type}; a null value is NULL. */
    public static <R, E extends Enum<E>> Column<R> label(String name, SqlType type, Function<? super R, E> value) {
        Column<R> column = number(name, type, row -> {
            E label = value.apply(row);
            return label == null ? -1 : label.ordinal();
        });
        return column.nullWhen(-1);
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

    /** Says that the value is a running total: only its differences can be added up or averaged. */
    public Column<R> cumulative() {
        cumulative = true;
        return this;
    }

    /** What the value means; one or more sentences, the first of which stands alone. */
    public Column<R> doc(String text) {
        doc = text;
        return this;
    }

    /** Makes the column NULL in rows where {@code condition} holds; {@code meaning} completes "NULL: ...". */
    public Column<R> absentWhen(Predicate<? super R> condition, String meaning) {
        Predicate<? super R> others = absent;
        absent = others == null ? condition : row -> condition.test(row) || others.test(row);
        nulls.add(meaning);
        return this;
    }

    /** Says when the reader of the column gives no value: a null text or label; {@code meaning} completes "NULL: ...". */
    public Column<R> nullMeans(String meaning) {
        nulls.add(meaning);
        return this;
    }

    /** Makes the kernel's marker {@code value} NULL; {@code meaning} completes "NULL: ...". */
    public Column<R> nullWhen(long value, String meaning) {
        nulls.add(meaning);
        return nullWhen(value);
    }

    private Column<R> nullWhen(long value) {
        if (marked) {
            throw new IllegalStateException(name + ": has a marker already");
        }
        marked = true;
        sentinel = value;
        return this;
    }

    /** Gives another way to read the same values, of many rows; it knows of the conditions said before this. */
    Column<R> batch(Batch<? super R> reader) {
        batch = reader;
        covered = absent;
        return this;
    }

    /** Says that all rows of one copy in a tick have the same value, so that it need not be read from each. */
    Column<R> ofCopy() {
        ofCopy = true;
        return this;
    }

    /**
     * Reads the column of rows that a decoder has read ahead into cells, or leaves cells NULL. Column by column, since the
     * functions of hundreds of columns in turn would be mispredicted at each call.
     *
     * @param decoder the same object as {@code row}
     * @param first the cell of the first row
     */
    public void read(R row, Decoder decoder, int rows, ColumnVector out, int first) {
        if (ofCopy) {
            decoder.row(0);
            read(row, out, first);
            out.repeat(first, rows);
            return;
        }
        if (batch != null && absent == covered) {
            batch.read(row, rows, out, first);
            if (marked) {
                out.drop(sentinel, first, rows);
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            decoder.row(i);
            read(row, out, first + i);
        }
    }

    /**
     * Reads the column of the current row into a cell, or leaves the cell NULL. Every value that is loaded comes through
     * here, so no more than two functions are called: a chain of them would cost more than decoding.
     */
    public void read(R row, ColumnVector out, int index) {
        if (absent != null && absent.test(row)) {
            return;
        }
        if (text != null) {
            out.set(index, text.apply(row));
            return;
        }
        long value = number.applyAsLong(row);
        if (!marked || value != sentinel) {
            out.set(index, value);
        }
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

    /** Whether the value is a running total of its socket, interface or host. */
    public boolean isCumulative() {
        return cumulative;
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
