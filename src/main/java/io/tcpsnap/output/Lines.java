package io.tcpsnap.output;

import java.sql.SQLException;

/** The names and values of a result as they stand on a screen: on one line each, and nothing that drives the terminal. */
final class Lines {
    /** What a sparkline is drawn with, from low to high, and what stands for that where there is ASCII only. */
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private static final String ASCII = "_.:-=+*#";

    private Lines() {}

    static String[] names(Result rows) {
        String[] names = new String[rows.count()];
        for (int i = 0; i < names.length; i++) {
            names[i] = Visible.line(rows.name(i));
        }
        return names;
    }

    static String[] cells(Result rows, Style style) throws SQLException {
        String[] cells = new String[rows.count()];
        for (int i = 0; i < cells.length; i++) {
            String text = style.cells().text(rows, i);
            cells[i] = text == null ? "NULL" : Visible.line(text);
            if (!style.unicode() && BLOCKS.chars().anyMatch(block -> text != null && text.indexOf(block) >= 0)) {
                cells[i] = ascii(cells[i]);
            }
        }
        return cells;
    }

    private static String ascii(String text) {
        String plain = text;
        for (int i = 0; i < BLOCKS.length(); i++) {
            plain = plain.replace(BLOCKS.charAt(i), ASCII.charAt(i));
        }
        return plain;
    }
}
