package io.tcpsnap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entry owners. */
class OwnersTest {
    private static final Snapshot SNAPSHOT = Snapshot.of(1, 0, "host", null, 100, ByteOrder.LITTLE_ENDIAN, null);

    private final List<Problem> problems = new ArrayList<>();

    private List<String> rows(byte[] bytes) {
        Owners owners = new Owners(problems::add);
        owners.reset(SNAPSHOT, "owners", bytes, bytes.length);
        List<String> rows = new ArrayList<>();
        while (owners.next()) {
            rows.add(Long.toUnsignedString(owners.inode()) + "|" + owners.pid() + "|" + owners.startTime() + "|"
                    + text(owners.comm()) + "|" + text(owners.cgroup()));
        }
        return rows;
    }

    private List<String> rows(String text) {
        return rows(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] utf8) {
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    @Test
    void aRowIsASocketAndAProcess() {
        assertThat(rows("""
                # inode pid start_time comm cgroup
                41873 1204 31337 nginx /system.slice/nginx.service
                41873 1205 31338 nginx:\\x20wörker -
                7 1 0 \\ /
                8 2 9 \\x2d \\x5cx\\xe9
                # processes=4 scanned=4 unseen=0 unchecked=0 EACCES=1
                """))
                .containsExactly(
                        "41873|1204|31337|nginx|/system.slice/nginx.service",
                        "41873|1205|31338|nginx: wörker|null",
                        "7|1|0||/",
                        "8|2|9|-|\\x\\xe9");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 2 3 a\n",
                "1 2 3 a / b\n",
                "x 2 3 a /\n",
                "1 2147483648 3 a /\n",
                "1 2 -3 a /\n",
                "1 2 3 \\x2 /\n",
                "1 2 3 a\\ /\n",
                "1 2 3 a \\xzz\n"
            })
    void aLineThatIsNotOneIsAProblem(String line) {
        assertThat(rows(line)).isEmpty();
        assertThat(problems).extracting(Problem::reason).hasSize(1);
    }

    @Test
    void aLastLineWithoutItsEndMayBeCut() {
        assertThat(rows("1 2 3 ngin /")).containsExactly("1|2|3|ngin|/");
        assertThat(problems).extracting(Problem::reason).allMatch(reason -> reason.startsWith("the input ends in"));
    }

    @Test
    void anyBytesGiveRowsOrProblems() {
        byte[] sound = "41873 1204 31337 ngi\\x20nx /a\\x5cb\n# x\n7 1 0 \\ -\n".getBytes(StandardCharsets.UTF_8);
        Random random = new Random(3);
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = sound.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            problems.clear();
            int rows = rows(bytes).size();
            long lines = new String(bytes, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .count();
            assertThat(rows + problems.size()).isGreaterThanOrEqualTo((int) Math.min(lines, 1));
        }
    }
}
