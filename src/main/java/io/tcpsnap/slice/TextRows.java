package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.TextAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code ss} and {@code netstat}, those that go on with a socket with it. Rows with names in place of addresses are
 * nobody's.
 */
final class TextRows {
    private static final String ENDPOINT = "\\[?([0-9a-fA-F.:]+|\\*)\\]?(?:%[^:\\s]+)?:(\\d{1,5}|\\*)";
    private static final Pattern ROW =
            Pattern.compile("\\s*(?:\\S+\\s+){0,2}-?\\d+\\s+-?\\d+\\s+" + ENDPOINT + "\\s+" + ENDPOINT + "(?:\\s.*)?");
    private static final Pattern TITLE = Pattern.compile(".*(?:Recv-Q|Active Internet).*");

    private TextRows() {}

    static Entry of(Entry entry, RowTest test) {
        boolean netstat = entry.path().endsWith("netstat/tcp");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean wanted = false;
        int at = 0;
        while (at < entry.length()) {
            int end = Lines.end(entry, at);
            String line = new String(entry.bytes(), at, end - at, StandardCharsets.ISO_8859_1).stripTrailing();
            boolean goesOn = !netstat && !line.isEmpty() && Character.isWhitespace(line.charAt(0));
            if (TITLE.matcher(line).matches()) {
                out.write(entry.bytes(), at, end - at);
            } else {
                Matcher row = ROW.matcher(line);
                wanted = row.matches() ? wants(row, test, line.startsWith("tcp6")) : wanted && goesOn;
                if (wanted) {
                    out.write(entry.bytes(), at, end - at);
                }
            }
            at = end;
        }
        return Lines.entry(entry.path(), out);
    }

    /** What {@code *} stands for is not known: either family's unspecified address. */
    private static boolean wants(Matcher row, RowTest test, boolean mapped) {
        for (String any : new String[] {"0.0.0.0", "::"}) {
            String local = address(row.group(1), any, mapped);
            String remote = address(row.group(3), any, mapped);
            if (local != null && remote != null && test.wants(local, port(row.group(2)), remote, port(row.group(4)))) {
                return true;
            }
        }
        return false;
    }

    private static String address(String word, String any, boolean mapped) {
        byte[] address = TextAddress.parse(word.equals("*") ? any : word);
        if (address == null) {
            return null;
        }
        String text = TextAddress.format(address);
        return mapped && address.length == 4 ? "::ffff:" + text : text;
    }

    private static int port(String word) {
        return word.equals("*") ? 0 : Integer.parseInt(word);
    }
}
