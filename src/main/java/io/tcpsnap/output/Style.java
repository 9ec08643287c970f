package io.tcpsnap.output;

/**
 * How tables are drawn.
 *
 * @param unicode whether lines are box drawing characters rather than ASCII
 * @param width columns of the terminal, 0 for no limit; a table too wide for it is printed vertically
 */
public record Style(boolean unicode, int width) {
    /** Tables as wide as their rows. */
    public Style(boolean unicode) {
        this(unicode, 0);
    }
}
