package io.tcpsnap.decode;

import java.util.Arrays;

/**
 * Cursor over the rows of one source of one tick; between two calls of {@link #next} it is the row.
 *
 * <p>An instance is reused for many ticks and belongs to one thread. No input makes it throw, hang, or use memory beyond
 * the order of the input: what does not fit the format is reported as a {@link Problem} and skipped.
 */
public abstract class Decoder {
    private final ProblemSink problems;
    private Snapshot snapshot;
    private String source;
    protected byte[] bytes = {};
    /** Offset of the next byte to read, and the end of the input. */
    protected int at;

    protected int end;

    protected Decoder(ProblemSink problems) {
        this.problems = problems;
    }

    /**
     * Starts over on the bytes of another tick.
     *
     * @param source path of the entry, for problems and where the format depends on it
     * @param bytes the content; not copied, must stay unchanged while rows are read
     * @param length how much of {@code bytes} is content
     */
    public void reset(Snapshot snapshot, String source, byte[] bytes, int length) {
        this.snapshot = snapshot;
        this.source = source;
        this.bytes = bytes;
        this.at = 0;
        this.end = length;
        begin();
    }

    /** Called at the end of {@link #reset}, for headers. */
    protected void begin() {}

    /** Moves to the next row that decodes; false at the end. */
    public abstract boolean next();

    /**
     * Reads ahead: the current row and, where the format allows, others of the same input, so that a column can be read of
     * many rows at once. {@link #row} then moves among them, and {@link #next} goes on behind the last.
     *
     * @param max how many at most, at least 1
     * @return how many, the current one first
     */
    public int ahead(int max) {
        return 1;
    }

    /** Makes one of the rows that {@link #ahead} read the current one. */
    public void row(int index) {}

    public final Snapshot snapshot() {
        return snapshot;
    }

    public final String source() {
        return source;
    }

    protected final void problem(int from, int to, String reason) {
        byte[] cut = Arrays.copyOfRange(bytes, from, Math.min(to, from + Problem.MAX_BYTES));
        problems.accept(new Problem(snapshot, source, from, reason, cut));
    }
}
