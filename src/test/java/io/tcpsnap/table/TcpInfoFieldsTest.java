package io.tcpsnap.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.decode.InetDiagRow;
import io.tcpsnap.decode.Problem;
import io.tcpsnap.kernel.InetDiag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declared columns of {@code struct tcp_info} beside the list of its fields and of its sizes. */
class TcpInfoFieldsTest {
    private static final int SIZE = 280;
    /** Where 6.18 and 7.0 differ in layout, not in length. */
    private static final int ECN_WORD = 276;

    private static final Set<String> ONLY_7_0 = Set.of("ecn_mode", "options2");
    private static final Set<String> FLAGS = Set.of("in_initial_slowstart", "pacing_unlimited", "max_pacing_unlimited");

    private final List<Problem> problems = new ArrayList<>();

    /** Without the state, which is read from idiag_state, and the two fields as 6.18 lays them out: always 0 there. */
    private static List<TcpInfoField> fields() throws IOException {
        return TcpInfoField.all().stream()
                .filter(field -> !field.name().equals("state"))
                .filter(field -> field.offset() < ECN_WORD || field.isBitField())
                .toList();
    }

    static Stream<ByteOrder> orders() {
        return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    }

    private Map<String, Object> row(ByteOrder order, byte[] info) {
        DiagDump dump = new DiagDump(order);
        List<Map<String, Object>> rows = dump.established(dump.attribute(InetDiag.ATTR_INFO, info))
                .done(0)
                .rows(problems);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void eachFieldIsAColumnWithItsUnitAndItsFirstKernel() throws IOException {
        Map<String, TcpInfoField> fields = fields().stream().collect(Collectors.toMap(TcpInfoField::name, f -> f));
        Set<String> declared = new TreeSet<>();
        for (Column<InetDiagRow> column : TcpInfoFields.columns()) {
            TcpInfoField field = fields.get(column.name());
            if (field == null) {
                assertThat(FLAGS).contains(column.name());
                continue;
            }
            declared.add(column.name());
            assertThat(column.unit()).as(column.name()).isEqualTo(field.unit());
            String since = column.name().startsWith("accecn_") ? "6.18" : field.kernel();
            assertThat(column.since()).as(column.name()).isEqualTo(since);
        }
        assertThat(declared).isEqualTo(new TreeSet<>(fields.keySet()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void eachFieldIsReadAtItsPlaceUnsignedAndAlone(ByteOrder order) throws IOException {
        for (TcpInfoField field : fields()) {
            for (int background : new int[] {0, 0xff}) {
                for (long value : new long[] {0, field.pattern()}) {
                    ByteBuffer info = ByteBuffer.wrap(filled(SIZE, background)).order(order);
                    field.write(info, value);
                    if (value == 0 && background == 0 && ONLY_7_0.contains(field.name())) {
                        continue;
                    }
                    assertValue(row(order, info.array()), field, value);
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static void assertValue(Map<String, Object> row, TcpInfoField field, long value) {
        Object read = row.get(field.name());
        assertThat(read).as("%s = %x", field, value).isNotNull();
        assertThat(read.toString()).as("%s = %x", field, value).isEqualTo(Long.toUnsignedString(value));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aFieldMovesNoOtherColumn(ByteOrder order) throws IOException {
        Map<String, Object> zero = row(order, new byte[SIZE]);
        for (TcpInfoField field : fields()) {
            ByteBuffer info = ByteBuffer.allocate(SIZE).order(order);
            field.write(info, field.pattern());
            Map<String, Object> row = row(order, info.array());
            zero.forEach((name, value) -> {
                boolean word = field.offset() == ECN_WORD && ONLY_7_0.contains(name);
                if (!name.equals(field.name()) && !word) {
                    assertThat(row.get(name)).as("%s with %s", name, field).isEqualTo(value);
                }
            });
        }
    }

    /** One kernel of each size; those of 280 bytes are two, and 6.18 leaves its last word 0. */
    @ParameterizedTest
    @MethodSource("orders")
    void eachKernelsStructGivesItsFieldsAndNullForTheRest(ByteOrder order) throws IOException {
        List<String> sizes = Files.readAllLines(TcpInfoField.FOLDER.resolve("tcp_info_sizes.tsv"));
        for (String line : sizes.subList(1, sizes.size())) {
            String[] words = line.split("\t", -1);
            ByteBuffer info = ByteBuffer.wrap(filled(Integer.parseInt(words[2]), 1));
            if (version(words[1]) < version("7.0") && info.limit() == SIZE) {
                info.putInt(ECN_WORD, 0);
            }
            Map<String, Object> row = row(order, info.array());
            Map<String, Boolean> expected = TcpInfoField.all().stream()
                    .collect(Collectors.toMap(
                            TcpInfoField::name, f -> version(f.kernel()) <= version(words[1]), Boolean::logicalOr));
            expected.forEach((name, there) -> assertThat(row.get(name) != null)
                    .as("%s on %s", name, words[1])
                    .isEqualTo(there));
        }
        assertThat(sizes).hasSize(16);
        assertThat(problems).isEmpty();
    }

    private static int version(String release) {
        String[] parts = release.split("\\.", -1);
        int version = 0;
        for (int i = 0; i < 3; i++) {
            version = version * 1000 + (i < parts.length ? Integer.parseInt(parts[i]) : 0);
        }
        return version;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 91, 93, 103, 107, 150, 231, 249, 277, 279, 281, 284, 400, 4096})
    void anyLengthGivesTheFieldsThatFit(int length) throws IOException {
        Map<String, Object> row = row(ByteOrder.LITTLE_ENDIAN, filled(length, 1));
        for (TcpInfoField field : fields()) {
            if (field.size() != 8) {
                assertThat(row.get(field.name()) != null).as(field.name()).isEqualTo(field.end() <= length);
            }
        }
        List<String> reasons = problems.stream().map(Problem::reason).toList();
        if (length < 92) {
            assertThat(reasons).containsExactly("attribute 2 with " + length + " bytes is too short");
        } else {
            assertThat(reasons).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void markersAreNullAndAFlag(ByteOrder order) {
        ByteBuffer info = ByteBuffer.wrap(filled(SIZE, 0xff)).order(order).putInt(76, 0x7fffffff);
        assertThat(row(order, info.array()))
                .containsEntry("snd_ssthresh", null)
                .containsEntry("in_initial_slowstart", true)
                .containsEntry("pacing_rate", null)
                .containsEntry("pacing_unlimited", true)
                .containsEntry("max_pacing_rate", null)
                .containsEntry("max_pacing_unlimited", true)
                .containsEntry("min_rtt", null);
        assertThat(row(order, new byte[SIZE]))
                .containsEntry("in_initial_slowstart", false)
                .containsEntry("pacing_unlimited", false)
                .containsEntry("max_pacing_unlimited", false)
                .containsEntry("min_rtt", 0L)
                .containsEntry("accecn_opt_seen", 0L)
                .containsEntry("accecn_fail_mode", 0L)
                .containsEntry("ecn_mode", null)
                .containsEntry("options2", null);
    }
}
