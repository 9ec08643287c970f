package io.tcpsnap.output;

/**
 * How tables are drawn.
 *
 * @param unicode whether lines are box drawing characters rather than ASCII
 * @param width columns of the terminal, 0 for no limit: a table too wide for it is printed vertically, or hides columns
 * @param height lines of the terminal, 0 for no limit
 * @param scrolls whether wide lines can be scrolled, so that nothing need be hidden
 * @param cells what values look like
 */
public record Style(boolean unicode, int width, int height, boolean scrolls, Cells cells) {
    /** Tables as wide as their rows. */
    public Style(boolean unicode) {
        this(unicode, 0);
    }

    public Style(boolean unicode, int width) {
        this(unicode, width, 0, false, Cells.RAW);
    }

    /** The style of a terminal of this size. */
    public Style sized(int columns, int lines) {
        return new Style(unicode, columns, lines, scrolls, cells);
    }

    public Style scrolling(boolean can) {
        return new Style(unicode, width, height, can, cells);
    }

    public Style with(Cells shown) {
        return new Style(unicode, width, height, scrolls, shown);
    }
}
