package io.tcpsnap.oracle;

import io.tcpsnap.decode.Problem;
import io.tcpsnap.table.Rows;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares rows read from the text that ss made of a dump with the rows of the dump itself. */
final class SsTcpRoundTrip {
    /** Columns that are about the text, or that the text alone cannot have. */
    private static final Set<String> OWN = Set.of("source", "ss_rest");

    /** Times that ss prints by whole ms, in us. */
    private static final Set<String> CUT = Set.of("busy_time", "rwnd_limited", "sndbuf_limited");

    /** Times that ss prints by {@code %g}, in us. */
    private static final Set<String> SIX_DIGITS =
            Set.of("rtt", "rttvar", "rto", "ato", "rcv_rtt", "min_rtt", "bbr_min_rtt");
    /** Bits of {@code options} that ss has no word for. */
    private static final int UNNAMED = 128;

    private final List<String> differences = new ArrayList<>();
    private final Set<String> compared = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Map<String, Object>> fromText;

    SsTcpRoundTrip(byte[] dump, String text) {
        List<Map<String, Object>> fromDump = rows("sock_diag/tcp", dump);
        fromText = rows("ss/tcp", text.getBytes(StandardCharsets.UTF_8));
        if (fromDump.size() != fromText.size()) {
            differences.add(fromText.size() + " rows of text, " + fromDump.size() + " of the dump");
            return;
        }
        for (int i = 0; i < fromDump.size(); i++) {
            compare(fromDump.get(i), fromText.get(i));
        }
    }

    private List<Map<String, Object>> rows(String path, byte[] bytes) {
        return Rows.of("tcp_info", Rows.tick(Map.of(path, bytes), ByteOrder.nativeOrder()), problems);
    }

    private void compare(Map<String, Object> dump, Map<String, Object> text) {
        text.forEach((column, value) -> {
            if (value != null && !OWN.contains(column)) {
                compared.add(column);
                if (!Objects.equals(expected(column, dump.get(column)), value)) {
                    differences.add(column + ": dump " + dump.get(column) + ", text " + value + " of " + text);
                }
            }
        });
    }

    private static Object expected(String column, Object value) {
        if (value == null) {
            return null;
        }
        if (CUT.contains(column)) {
            BigInteger micros = (BigInteger) value;
            return micros.subtract(micros.mod(BigInteger.valueOf(1000)));
        }
        if (SIX_DIGITS.contains(column)) {
            return Math.round(Double.parseDouble(CFormat.g((Long) value / 1000.0)) * 1000);
        }
        return column.equals("options") ? (Object) ((Long) value & ~UNNAMED) : value;
    }

    /** One line for each value that the text has and the dump has not. */
    List<String> differences() {
        return differences;
    }

    /** Columns with a value in some row of the text. */
    Set<String> compared() {
        return compared;
    }

    List<Problem> problems() {
        return problems;
    }

    List<Map<String, Object>> rows() {
        return fromText;
    }
}
