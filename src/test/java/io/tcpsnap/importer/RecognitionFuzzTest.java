package io.tcpsnap.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tcpsnap.Allocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any bytes under any name are recognised or refused, never an exception. Seeds are fixed. */
class RecognitionFuzzTest {
    private static final List<String> BEGINNINGS = List.of(
            "",
            "{",
            "{\"RawIDM\":\"",
            "\u00fd7zXZ\0",
            "(\u00b5/\u00fd",
            "\u001f\u008b\u0008",
            "\u00a1\u00b2\u00c3\u00d4",
            "\u00d4\u00c3\u00b2\u00a1\2\0\4\0\0\0\0\0\0\0\0\0\0\0\1\0\u00fd\0\0\0",
            "\n\r\r\n\u001c\0\0\0M<+\u001a",
            "\u0014\0\0\0\u0003\0\u0002\0",
            "\u00f8\0\0\0\u0014\0\u0002\0",
            "\u000c\0\1\0\0\0\0\0\0\0\0\0\u000c\0\2\0\0\0\0\0\0\0\0\0\u000c\0\3\0\0\0\0\0\0\0\0\0",
            "40".repeat(8) + "\n",
            "=== 9999999999\n",
            "Sun Nov 99 07:42:00 UTC 2026\n",
            "  sl  local_address rem_address tm->when\n",
            "State Recv-Q Send-Q Local Address:Port\n");
    private static final List<String> NAMES = List.of(
            "tcp",
            "net/tcp",
            "a/99999999/net/dev",
            "date",
            "uname",
            "x/tcpsnap.json",
            "0",
            "20261399T996199Z",
            "",
            "../..");

    @TempDir
    private Path folder;

    @Test
    void randomBytes() {
        Random random = new Random(1);
        for (int round = 0; round < 3000; round++) {
            byte[] head = BEGINNINGS.get(random.nextInt(BEGINNINGS.size())).getBytes(StandardCharsets.ISO_8859_1);
            byte[] bytes = Arrays.copyOf(head, head.length + random.nextInt(600));
            byte[] rest = new byte[bytes.length - head.length];
            random.nextBytes(rest);
            System.arraycopy(rest, 0, bytes, head.length, rest.length);
            take(NAMES.get(random.nextInt(NAMES.size())), bytes, bytes[0] == (byte) 0xfd ? 0 : round);
        }
    }

    @Test
    void mutatedCopies() throws IOException {
        Random random = new Random(2);
        List<byte[]> sound = List.of(
                Imported.resource("/proc/6.18/states/net/tcp"),
                Imported.resource("/netlink/6.18/states.v4.bin"),
                Imported.resource("/netlink/6.18/states.ss.txt"));
        for (int round = 0; round < 1500; round++) {
            byte[] bytes = sound.get(round % 3).clone();
            for (int i = random.nextInt(30); i > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 1 << 1 + random.nextInt(15)))] = (byte) random.nextInt();
            }
            take("x", Arrays.copyOf(bytes, random.nextInt(bytes.length)), round);
        }
    }

    /** All at one moment, or each a microsecond behind the one before and the ticks there taken already. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void copiesOfOneMomentCostNoMoreThanTheirNumber(int step) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            long nanos = i < 10_000 ? 0 : (i - 10_000L) * step;
            text.append("=== 1795000000.%09d\nsockets: used 1\n".formatted(nanos));
        }
        Intake intake = new Intake(note -> {});
        intake.read("x", Instant.EPOCH, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)));
        Allocation.assertAtMost(
                20_000 * 2000L,
                () -> assertThat(new Timeline(null, null, note -> {}).of(intake.copies()))
                        .hasSize(20_000));
    }

    /** Else sorting some dozens of them may end in "Comparison method violates its general contract". */
    @Test
    void namesHaveOneOrder() {
        List<String> names = List.of("1", "01", "001", "1a", "1aa", "1b", "01a", "a", "a1", "a01", "a1b", "");
        for (String a : names) {
            for (String b : names) {
                assertThat(Integer.signum(Names.NATURAL.compare(a, b)))
                        .isEqualTo(-Integer.signum(Names.NATURAL.compare(b, a)));
                for (String c : names) {
                    assertThat(Names.NATURAL.compare(a, b) > 0
                                    || Names.NATURAL.compare(b, c) > 0
                                    || Names.NATURAL.compare(a, c) <= 0)
                            .as("%s %s %s", a, b, c)
                            .isTrue();
                }
            }
        }
    }

    /** Each 20th with all that follows recognition. */
    private void take(String name, byte[] bytes, int round) {
        assertThatCode(() -> {
                    Intake intake = new Intake(text -> {});
                    if (bytes.length > 0 && bytes[0] != (byte) 0xfd) {
                        intake.read(name, Instant.EPOCH, new ByteArrayInputStream(bytes));
                    }
                    new Timeline(null, null, text -> {}).of(intake.copies());
                    if (round % 20 == 1) {
                        Imported.ofInput(folder.resolve("o" + round), "2026-11-22T07:42:00Z", bytes);
                    }
                })
                .as(() -> name + " " + Arrays.toString(bytes))
                .doesNotThrowAnyException();
    }
}
