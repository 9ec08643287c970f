package io.tcpsnap.table;

import io.tcpsnap.decode.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts, apart from the decoders, the rows that an input must give beside its problems: nothing may be neither. */
final class Account {
    private Account() {}

    /** A line, blank at its ends. */
    private record Line(int start, int end, List<String> words) {}

    private static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (String text : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            List<String> words = new ArrayList<>();
            for (String word : text.split("[ \t\r]", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            lines.add(new Line(start, start + text.length(), words));
            start += text.length() + 1;
        }
        return lines;
    }

    /** Problems beside a row that is there. */
    private static boolean isNote(Problem problem) {
        return problem.reason().startsWith("the input ends in this row")
                || problem.reason().endsWith(" is unknown");
    }

    /** Rows of a file with a row for each line that is no header and no problem. */
    static long rowsByLine(byte[] bytes, List<Problem> problems) {
        Set<Long> bad = new TreeSet<>();
        problems.stream().filter(problem -> !isNote(problem)).forEach(problem -> bad.add(problem.offset()));
        return lines(bytes).stream()
                .filter(line -> !line.words().isEmpty() && !bad.contains((long) line.start()))
                .filter(line -> !isHeader(line))
                .count();
    }

    /** Rows of a file whose rows begin with a number and a colon, and may go on over lines that do not. */
    static long rowsByNumber(byte[] bytes, List<Problem> problems) {
        Set<Long> bad = new TreeSet<>();
        problems.stream().filter(problem -> !isNote(problem)).forEach(problem -> bad.add(problem.offset()));
        return lines(bytes).stream()
                .filter(line -> !line.words().isEmpty() && !bad.contains((long) line.start()))
                .filter(line -> String.join(" ", line.words()).matches("[ >]*\\d+:(\\s.*)?"))
                .count();
    }

    private static boolean isHeader(Line line) {
        List<String> words = line.words();
        if (words.size() < 2) {
            return false;
        }
        boolean colon = words.stream().anyMatch(word -> word.contains(":"));
        return words.get(0).equals("Inter-|") && !colon
                || words.get(0).equals("face") && words.get(1).startsWith("|") && !colon;
    }

    /** Rows of a file with a name and a value for each row, all words behind the first: its problems are of a line or a pair. */
    static long rowsByWord(byte[] bytes, List<Problem> problems) {
        long words = 0;
        long pairs = 0;
        Set<Integer> bad = new TreeSet<>();
        List<Line> lines = lines(bytes);
        for (Problem problem : problems) {
            if (problem.reason().endsWith("below 2^63")) {
                pairs++;
            } else if (!isNote(problem)) {
                int line = 0;
                while (lines.get(line).end() < problem.offset()) {
                    line++;
                }
                bad.add(line);
                if (problem.reason().matches("\\d+ names and \\d+ values")) {
                    bad.add(line + 1);
                }
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            words += bad.contains(i) ? 0 : Math.max(0, lines.get(i).words().size() - 1);
        }
        return words / 2 - pairs;
    }

    /** Rows of a sock_diag dump: messages of a socket with a known family. */
    static long rowsByMessage(byte[] bytes, ByteOrder order) {
        ByteBuffer dump = ByteBuffer.wrap(bytes).order(order);
        long rows = 0;
        int at = 0;
        while (bytes.length - at >= 16) {
            long length = dump.getInt(at) & 0xffffffffL;
            if (length < 16 || length > bytes.length - at) {
                break;
            }
            int type = dump.getShort(at + 4);
            boolean socket = (type == 18 || type == 20) && length >= 16 + 72;
            rows += socket && (bytes[at + 16] == 2 || bytes[at + 16] == 10) ? 1 : 0;
            at = (int) Math.min(bytes.length, at + (length + 3 & ~3L));
        }
        return rows;
    }
}
