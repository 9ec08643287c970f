package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a Unix socket: whose it is, and whom it replaces. */
class UnixListenerTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("socket");
    }

    private void connect() throws IOException {
        new Handing(path).close();
    }

    @Test
    void itIsForItsOwnerOnlyAndGoneAtTheEnd() throws IOException {
        try (UnixListener listener = UnixListener.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            connect();
            listener.remove();
            assertThat(path).doesNotExist();
            listener.remove();
        }
    }

    @Test
    void theFileThatAKilledProgramLeftIsReplaced() throws IOException {
        UnixListener.open(path).close();
        assertThat(path).exists();
        assertThatThrownBy(this::connect).hasMessage("ECONNREFUSED");
        try (UnixListener listener = UnixListener.open(path)) {
            assertThat(listener.fd()).isPositive();
            connect();
        }
    }

    @Test
    void whoListensThereStaysSo() throws IOException {
        try (UnixListener first = UnixListener.open(path)) {
            assertThatThrownBy(() -> UnixListener.open(path))
                    .isInstanceOf(IOException.class)
                    .hasMessage(path + ": in use: another program listens there");
            connect();
            assertThat(first.fd()).isPositive();
        }
    }

    @Test
    void whoReplacedTheFileKeepsHis() throws IOException {
        try (UnixListener first = UnixListener.open(path)) {
            Files.move(path, folder.resolve("old"));
            try (UnixListener second = UnixListener.open(path)) {
                first.remove();
                connect();
                second.remove();
            }
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(path, "precious");
        assertThatThrownBy(() -> UnixListener.open(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ": exists and is no socket: not replaced");
        assertThat(path).hasContent("precious");
    }

    @Test
    void aPathThatCannotBeSaysWhy() {
        Path missing = folder.resolve("no/socket");
        assertThatThrownBy(() -> UnixListener.open(missing))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + ": ENOENT");
        Path big = folder.resolve("x".repeat(108));
        assertThatThrownBy(() -> UnixListener.open(big))
                .isInstanceOf(IOException.class)
                .hasMessage(big + ": too long for a Unix socket: at most 107 bytes");
    }
}
