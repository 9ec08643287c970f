package io.tcpsnap.plot;

/** A grid of dots, drawn with one kind of characters; the origin is at the top left. */
final class Canvas {
    private final Glyphs glyphs;
    private final int columns;
    private final int rows;
    private final boolean[][] dots;
    private final boolean[][] dashes;

    /** @param columns characters of a line */
    Canvas(Glyphs glyphs, int columns, int rows) {
        this.glyphs = glyphs;
        this.columns = columns;
        this.rows = rows;
        dots = new boolean[rows * glyphs.down][columns * glyphs.across];
        dashes = new boolean[rows][columns];
    }

    int width() {
        return columns * glyphs.across;
    }

    int height() {
        return rows * glyphs.down;
    }

    /** Sets the dots of a vertical line. */
    void vertical(int x, int from, int to) {
        for (int y = Math.min(from, to); y <= Math.max(from, to); y++) {
            dots[y][x] = true;
        }
    }

    /** Sets the dots of a horizontal line. */
    void horizontal(int from, int to, int y) {
        for (int x = from; x <= to; x++) {
            dots[y][x] = true;
        }
    }

    /** A dashed horizontal line: every other dot in braille; where dots are coarse, a dash in a character that has none. */
    void dashed(int from, int to, int y) {
        for (int x = from; x <= to; x++) {
            if (glyphs != Glyphs.BRAILLE) {
                dashes[y / glyphs.down][x / glyphs.across] = true;
            } else if (x % 3 == 0) {
                dots[y][x] = true;
            }
        }
    }

    /** A line of characters, from above. */
    String line(int row) {
        StringBuilder text = new StringBuilder(columns);
        boolean[][] cell = new boolean[glyphs.down][glyphs.across];
        for (int column = 0; column < columns; column++) {
            for (int y = 0; y < glyphs.down; y++) {
                for (int x = 0; x < glyphs.across; x++) {
                    cell[y][x] = dots[row * glyphs.down + y][column * glyphs.across + x];
                }
            }
            char glyph = glyphs.of(cell);
            text.append(glyph == ' ' && dashes[row][column] ? '-' : glyph);
        }
        return text.toString();
    }
}
