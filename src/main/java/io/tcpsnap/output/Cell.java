package io.tcpsnap.output;

import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** A value of a result as text. */
final class Cell {
    private Cell() {}

    /** The value in column {@code index}, counted from 1, or null for NULL. Times have no trailing {@code .0}. */
    static String text(ResultSet rows, int index) throws SQLException {
        int type = rows.getMetaData().getColumnType(index);
        if (type == Types.BLOB) {
            Blob blob = rows.getBlob(index);
            return blob == null ? null : hex(blob.getBytes(1, (int) blob.length()));
        }
        String text = rows.getString(index);
        if (text != null && type == Types.TIMESTAMP && text.endsWith(".0")) {
            return text.substring(0, text.length() - 2);
        }
        return text;
    }

    static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    /** Whether the column is of a numeric type, by its DuckDB name too: unsigned and huge ones have no JDBC type. */
    static boolean isNumber(ResultSet rows, int index) throws SQLException {
        String name = rows.getMetaData().getColumnTypeName(index);
        return isNumber(rows.getMetaData().getColumnType(index)) || name.endsWith("INT") || name.endsWith("INTEGER");
    }

    /** Printable ASCII as it is, other bytes as {@code \x41}: as DuckDB writes blobs. */
    private static String hex(byte[] bytes) {
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

    /** Makes control characters visible, so that data cannot drive the terminal. */
    static String visible(String text) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && safe == null) {
                safe = new StringBuilder(text.substring(0, i));
            }
            if (safe != null) {
                safe.append(escape(c));
            }
        }
        return safe == null ? text : safe.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x1b -> "\\e";
            default -> Character.isISOControl(c) ? "\\x%02x".formatted((int) c) : String.valueOf(c);
        };
    }
}
