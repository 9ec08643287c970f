package io.tcpsnap.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logged control messages are told by their content, and kept as they are. */
class ControlImportTest {
    private static final String AT = "2026-11-22T07:42:00Z";

    @TempDir
    private Path folder;

    private static byte[] events() throws IOException {
        return Imported.resource("/opt_stats/6.18/events.cmsg");
    }

    private static byte[] payload() throws IOException {
        return Arrays.copyOfRange(events(), 80, 80 + 248);
    }

    private Imported imported(String name, byte[] bytes, ByteOrder order) throws IOException {
        return Imported.of(folder.resolve("out"), AT, order, Files.write(folder.resolve(name), bytes));
    }

    @Test
    void controlBuffers() throws IOException {
        Imported imported = imported("app.log", events(), null);
        assertThat(imported.outline()).containsExactly("074200 opt_stats/cmsg");
        assertThat(imported.bytes(0, "opt_stats/cmsg")).isEqualTo(events());
        assertThat(imported.manifest.byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(imported.notes).anyMatch(note -> note.contains("byte order little, deduced from the messages"));
    }

    @Test
    void barePayloads() throws IOException {
        Imported imported = imported("tcp.1", payload(), null);
        assertThat(imported.outline()).containsExactly("074200 opt_stats/nla");
        assertThat(imported.bytes(0, "opt_stats/nla")).isEqualTo(payload());
    }

    @Test
    void hexadecimalWithTheTimeOfItsFirstLine() throws IOException {
        String hex = HexFormat.of().formatHex(payload());
        String text = "# fd 7\n2026-11-23 08:00:00.5 " + hex + "\n2026-11-23 08:00:01 " + hex + "\n";
        Imported imported = imported("x.txt", text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), null);
        assertThat(imported.outline()).containsExactly("080000 opt_stats/hex");
        assertThat(imported.text(0, "opt_stats/hex")).isEqualTo(text);
        assertThat(imported.manifest.byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void bigEndianIsDeducedAndAnotherOrderIsSaid() throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(36).order(ByteOrder.BIG_ENDIAN);
        for (int type = 1; type <= 3; type++) {
            payload.putShort((short) 12).putShort((short) type).putLong(type);
        }
        assertThat(imported("a", payload.array(), null).manifest.byteOrder()).isEqualTo(ByteOrder.BIG_ENDIAN);
        Imported other = imported("b", payload.array(), ByteOrder.LITTLE_ENDIAN);
        assertThat(other.manifest.byteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(other.notes).anyMatch(note -> note.contains("in the other byte order"));
    }

    @Test
    void otherBytesAndHexadecimalAreNoControlMessages() throws IOException {
        byte[] other = payload();
        other[0] = 13;
        assertThat(imported("a", other, null).result.segments()).isEmpty();
        byte[] text = HexFormat.of().formatHex(other).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(imported("b", text, null).result.segments()).isEmpty();
    }
}
