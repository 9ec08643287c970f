package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import io.tcpsnap.archive.Shell;
import io.tcpsnap.kernel.DiagMessage;
import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import io.tcpsnap.lab.KeyedListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dump of this machine's kernel. */
class SockDiagTest {
    @TempDir
    private Path folder;

    private static byte[] dump() throws SourceException {
        CopyBuffer copy = new CopyBuffer();
        try (SockDiag diag = SockDiag.tcp()) {
            diag.take(copy);
        }
        return Arrays.copyOf(copy.bytes(), copy.length());
    }

    @Test
    void ssReadsItAndFindsTheSameSocketsAsInTheKernel() throws Exception {
        assumeTrue(Shell.has("ss"), "needs ss");
        List<AutoCloseable> open = new ArrayList<>();
        try {
            for (String address : List.of("127.0.0.1", "::1")) {
                ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address));
                open.add(server);
                for (int i = 0; i < 50; i++) {
                    open.add(new Socket(server.getInetAddress(), server.getLocalPort()));
                    open.add(server.accept());
                }
            }
            Path file = Files.write(folder.resolve("dump"), dump());
            TreeSet<String> live = cookies(Shell.run("ss", "-tane"));
            TreeSet<String> recorded = cookies(Shell.run("env", "TCPDIAG_FILE=" + file, "ss", "-tane"));
            assertThat(recorded).hasSizeGreaterThan(200);
            recorded.removeIf(line -> line.startsWith("TIME-WAIT"));
            live.removeIf(line -> line.startsWith("TIME-WAIT"));
            assertThat(recorded).isEqualTo(live);
        } finally {
            for (AutoCloseable one : open) {
                one.close();
            }
        }
    }

    /** State, ports and cookie of each line. */
    private static TreeSet<String> cookies(String text) {
        TreeSet<String> lines = new TreeSet<>();
        Pattern line = Pattern.compile("^(\\S+) .*?(\\S+) +(\\S+) .*sk:(\\w+)", Pattern.MULTILINE);
        for (MatchResult m : line.matcher(text).results().toList()) {
            lines.add(m.group(1) + " " + m.group(4));
        }
        return lines;
    }

    @Test
    void itEndsWithOneDone() throws Exception {
        ByteBuffer dump = ByteBuffer.wrap(dump()).order(ByteOrder.nativeOrder());
        int at = 0;
        int done = 0;
        while (at < dump.limit()) {
            assertThat(done).as("the end is the last message").isZero();
            done += dump.getShort(at + 4) == Netlink.NLMSG_DONE ? 1 : 0;
            at += Netlink.align(dump.getInt(at));
        }
        assertThat(at).isEqualTo(dump.limit());
        assertThat(done).isEqualTo(1);
    }

    @Test
    void md5KeysAreInTheKernelsAnswerAndNeverInTheCopy() throws Exception {
        assumeTrue(Shell.isRoot(), "needs root: the kernel shows TCP-MD5 keys to nobody else");
        assumeTrue(KeyedListener.isPossible(), "needs a kernel with CONFIG_TCP_MD5SIG");
        try (KeyedListener listener = new KeyedListener()) {
            assertThat(contains(raw())).as("the key in the kernel's own answer").isTrue();
            byte[] copy = dump();
            assertThat(contains(copy)).as("the key in the copy").isFalse();
            assertThat(attributes(copy))
                    .contains(InetDiag.ATTR_INFO, InetDiag.ATTR_SKMEMINFO)
                    .doesNotContain(InetDiag.ATTR_MD5SIG);
        }
    }

    private static boolean contains(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(KeyedListener.KEY);
    }

    /** The kernel's answer as it is. */
    private static byte[] raw() {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW, Libc.NETLINK_SOCK_DIAG);
        try {
            ByteBuffer request = ByteBuffer.allocate(72).order(ByteOrder.nativeOrder());
            request.putInt(72).putShort((short) InetDiag.SOCK_DIAG_BY_FAMILY).putShort((short) 0x301);
            request.putInt(1).putInt(0);
            request.put((byte) 2).put((byte) 6).put((byte) 0xff).put((byte) 0).putInt(-1);
            Memory memory = new Memory(1 << 15);
            memory.write(0, request.array(), 0, 72);
            Libc.send(fd, memory, 72, 0);
            CopyBuffer answer = new CopyBuffer();
            int type = 0;
            while (type != Netlink.NLMSG_DONE) {
                int n = (int) Libc.recv(fd, memory, memory.size(), 0);
                answer.append(memory, n);
                type = memory.getShort(n == 20 ? 4 : 0);
            }
            return Arrays.copyOf(answer.bytes(), answer.length());
        } finally {
            Libc.close(fd);
        }
    }

    private static TreeSet<Integer> attributes(byte[] dump) {
        ByteBuffer bytes = ByteBuffer.wrap(dump).order(ByteOrder.nativeOrder());
        TreeSet<Integer> types = new TreeSet<>();
        for (int at = 0; at < dump.length; at += Netlink.align(bytes.getInt(at))) {
            int end = at + bytes.getInt(at);
            for (int a = at + 88; a + 4 <= end; a += Netlink.align(bytes.getShort(a))) {
                types.add((int) bytes.getShort(a + 2));
            }
        }
        return types;
    }

    /** Whatever stands in a message, no byte of an MD5SIG attribute is copied, and the length is right. */
    @Test
    void malformedMessagesLeakNothing() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            int length = 88 + 4 * random.nextInt(60);
            ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
            message.putInt(length).putShort((short) InetDiag.TCPDIAG_GETSOCK);
            int at = 88;
            while (at + 8 <= length) {
                int size = Math.min(length - at, 4 + random.nextInt(40));
                int type = 1 + random.nextInt(24);
                message.putShort(at, (short) size).putShort(at + 2, (short) type);
                Arrays.fill(message.array(), at + 4, at + size, (byte) (type == InetDiag.ATTR_MD5SIG ? 0xee : 0x11));
                at += Netlink.align(size);
            }
            if (random.nextBoolean() && length > 92) {
                // a wrong length shifts all that follows
                message.putShort(88, (short) random.nextInt(200));
            }
            CopyBuffer copy = new CopyBuffer();
            DiagMessage.copy(message, 0, length, copy::append);
            assertThat(DiagMessage.isVerbatim(message.array(), 0, length, ByteOrder.nativeOrder()))
                    .isEqualTo(Arrays.equals(message.array(), 0, length, copy.bytes(), 0, copy.length()));
            ByteBuffer out = ByteBuffer.wrap(copy.bytes(), 0, copy.length()).order(ByteOrder.nativeOrder());
            assertThat(Netlink.align(out.getInt(0))).isEqualTo(copy.length());
            assertThat(attributes(Arrays.copyOf(copy.bytes(), copy.length()))).doesNotContain(InetDiag.ATTR_MD5SIG);
        }
    }

    @Test
    void aFileThatIsNotThereIsAnErrorByName() throws IOException {
        ProcFile file = new ProcFile("/proc/self/net/no_such_file", "proc/net/no_such_file");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> file.take(new CopyBuffer())))
                .isInstanceOf(SourceException.class)
                .hasMessage("ENOENT");
    }

    @Test
    void aFileIsCopiedVerbatim() throws Exception {
        CopyBuffer copy = new CopyBuffer();
        new ProcFile("/proc/sys/kernel/version", "x").take(copy);
        assertThat(Arrays.copyOf(copy.bytes(), copy.length()))
                .isEqualTo(Files.readAllBytes(Path.of("/proc/sys/kernel/version")));
    }
}
