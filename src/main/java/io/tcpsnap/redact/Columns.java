package io.tcpsnap.redact;

/** Words of other lengths in the columns of a line. */
final class Columns {
    private Columns() {}

    /**
     * Appends a word and the blanks before it: as many as bring it to its column, and one at least where there was one.
     *
     * @param blanks that were before the word
     * @param column where it began
     */
    static void append(StringBuilder line, String blanks, int column, String word) {
        int missing = column - line.length();
        if (blanks.isEmpty() || word.isEmpty()) {
            line.append(word);
        } else if (blanks.indexOf('\t') >= 0) {
            line.append(blanks).append(word);
        } else {
            line.append(" ".repeat(Math.max(1, missing))).append(word);
        }
    }
}
