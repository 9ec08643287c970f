package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.output.KeptRows;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The rows of the last statement, as far as they are kept, and the table {@code _} that is made of them when one asks. */
final class LastResult {
    static final String TABLE = "_";
    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*(?s:.)*?\\*/");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.\"])_(?![\\w.\"])|\"_\"");

    private final Database database;
    private KeptRows rows;
    private Map<String, String> units = Map.of();
    private boolean complete;
    private boolean made;

    LastResult(Database database) {
        this.database = database;
    }

    /** Takes a result whose rows come now. */
    void begin(KeptRows kept, Map<String, String> unitsByColumn) {
        rows = kept;
        units = unitsByColumn;
        complete = false;
        made = false;
    }

    /** All rows of it were read. */
    void end() {
        complete = true;
    }

    /** The units of its columns, by name. */
    Map<String, String> units() {
        return units;
    }

    /** @throws SQLException where there is none yet */
    KeptRows rows() throws SQLException {
        if (rows == null) {
            throw new SQLException("there is no last result yet");
        }
        return rows;
    }

    /** What is missing of the result, as a sentence; null where nothing is. */
    String missing() {
        if (rows == null || complete && !rows.full()) {
            return null;
        }
        return "the last result has more rows than the " + rows.count()
                + (rows.full() ? " that are kept" : " that were read before it was left")
                + "; '.once FILE' before a statement writes them all";
    }

    /** Whether a statement reads the table. */
    static boolean isNamedBy(String sql) {
        return NAME.matcher(TEXT.matcher(sql).replaceAll(" ")).find();
    }

    /** Makes the table, once for each result. */
    void makeTable() throws SQLException {
        KeptRows kept = rows();
        if (made) {
            return;
        }
        Iterable<String[]> texts = () -> iterator(kept);
        database.keep(TABLE, kept.names(), kept.types(), texts);
        made = true;
    }

    private static Iterator<String[]> iterator(KeptRows kept) {
        return IntStream.range(0, kept.count()).mapToObj(kept::row).iterator();
    }
}
