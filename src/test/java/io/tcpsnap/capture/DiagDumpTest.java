package io.tcpsnap.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcpsnap.kernel.InetDiag;
import io.tcpsnap.kernel.Netlink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers that a kernel gives rarely. */
class DiagDumpTest {
    private final DiagDump dump = new DiagDump();
    private final CopyBuffer copy = new CopyBuffer();

    private static byte[] message(int type, int flags, byte[] content) {
        ByteBuffer message = ByteBuffer.allocate(Netlink.align(Netlink.NLMSG_HDRLEN + content.length))
                .order(ByteOrder.nativeOrder());
        message.putInt(Netlink.NLMSG_HDRLEN + content.length);
        message.putShort((short) type).putShort((short) flags);
        return message.putInt(1).putInt(77).put(content).array();
    }

    private static byte[] socket(int length, int flags) {
        byte[] content = new byte[InetDiag.MSG_LENGTH + length];
        Arrays.fill(content, (byte) length);
        ByteBuffer attribute = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
        if (length > 0) {
            attribute.putShort(InetDiag.MSG_LENGTH, (short) length);
            attribute.putShort(InetDiag.MSG_LENGTH + 2, (short) InetDiag.ATTR_INFO);
        }
        return message(InetDiag.TCPDIAG_GETSOCK, flags, content);
    }

    private static byte[] number(int type, int flags, int errno) {
        byte[] content = ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(-errno)
                .array();
        return message(type, flags, content);
    }

    private boolean add(byte[]... messages) throws SourceException {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            datagram.writeBytes(message);
        }
        return dump.add(ByteBuffer.wrap(datagram.toByteArray()).order(ByteOrder.nativeOrder()), copy);
    }

    private byte[] copied() {
        return Arrays.copyOf(copy.bytes(), copy.length());
    }

    @Test
    void manyDatagramsOfTwoAnswersAreOneRunOfMessagesWithOneEnd() throws Exception {
        Random random = new Random(3);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        byte[] done = number(Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI, 0);
        int sockets = 0;
        for (int answer = 0; answer < 2; answer++) {
            for (int i = 0; i < 200; i++) {
                byte[] one = socket(8 + random.nextInt(300), Netlink.NLM_F_MULTI);
                byte[] two = socket(8 + random.nextInt(300), Netlink.NLM_F_MULTI);
                assertThat(add(one, two)).isTrue();
                expected.writeBytes(one);
                expected.writeBytes(two);
                sockets += 2;
            }
            assertThat(add(done)).isFalse();
        }
        dump.end(copy);
        expected.writeBytes(done);
        assertThat(copied()).isEqualTo(expected.toByteArray());
        assertThat(dump.sockets()).isEqualTo(sockets);
        assertThat(dump.interrupted()).isFalse();
    }

    @Test
    void aTableThatChangedIsRemembered() throws Exception {
        for (int type : new int[] {InetDiag.TCPDIAG_GETSOCK, Netlink.NLMSG_DONE}) {
            dump.clear();
            assertThat(dump.interrupted()).isFalse();
            byte[] flagged = type == Netlink.NLMSG_DONE
                    ? number(type, Netlink.NLM_F_DUMP_INTR, 0)
                    : socket(20, Netlink.NLM_F_DUMP_INTR);
            add(socket(20, 0), flagged);
            add(socket(20, 0), number(Netlink.NLMSG_DONE, 0, 0));
            assertThat(dump.interrupted()).as("message of type %d", type).isTrue();
        }
    }

    @Test
    void errorsAreToldByName() {
        assertThatThrownBy(() -> add(socket(20, 0), number(Netlink.NLMSG_ERROR, 0, Errno.ENOBUFS)))
                .isInstanceOf(SourceException.class)
                .hasMessage("ENOBUFS");
        assertThatThrownBy(() -> add(number(Netlink.NLMSG_DONE, 0, Errno.EMSGSIZE)))
                .isInstanceOf(SourceException.class)
                .hasMessage("EMSGSIZE");
    }

    @Test
    void aDatagramCutAnywhereIsAnErrorOrWholeMessages() throws Exception {
        byte[] one = socket(40, 0);
        byte[] both = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, both, one.length, one.length);
        for (int length = 0; length < both.length; length++) {
            byte[] cut = Arrays.copyOf(both, length);
            if (length == one.length) {
                assertThat(add(cut)).isTrue();
            } else {
                assertThatThrownBy(() -> add(cut)).as("cut at %d", length).isInstanceOf(SourceException.class);
            }
        }
    }

    /** The key's attribute may come twice, and with the flags that an attribute's type may carry. */
    @Test
    void keysAreLeftOutWhateverFlagsTheirAttributeHas() throws Exception {
        for (int flags : new int[] {0, 0x4000, 0x8000, 0xc000}) {
            byte[] plain = socket(16, 0);
            ByteBuffer message = ByteBuffer.allocate(plain.length + 2 * 24).order(ByteOrder.nativeOrder());
            message.put(plain, 0, Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH);
            for (int i = 0; i < 2; i++) {
                message.putShort((short) 24).putShort((short) (InetDiag.ATTR_MD5SIG | flags));
                message.put("twenty bytes of key.".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
            message.put(plain, Netlink.NLMSG_HDRLEN + InetDiag.MSG_LENGTH, 16);
            message.putInt(0, message.capacity());
            copy.clear();
            add(message.array());
            assertThat(copied()).as("flags %x", flags).isEqualTo(plain);
        }
    }
}
