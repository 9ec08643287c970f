package io.tcpsnap.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** A listener on loopback with a key of TCP-MD5, which the kernel shows to root in every dump. */
public final class KeyedListener implements AutoCloseable {
    public static final String KEY = "a-secret-of-two-routers";
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_MD5SIG = 14;

    static {
        Native.register(KeyedListener.class, "c");
    }

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int setsockopt(int fd, int level, int name, Pointer value, int length)
            throws LastErrorException;

    private static native int bind(int fd, Pointer address, int length) throws LastErrorException;

    private static native int listen(int fd, int backlog) throws LastErrorException;

    private static native int close(int fd);

    private final int fd = socket(2, 1 | 0x80000, 0);

    /** Whether the kernel has TCP-MD5. */
    public static boolean isPossible() {
        try (KeyedListener listener = new KeyedListener()) {
            return listener.fd >= 0;
        } catch (LastErrorException e) {
            return false;
        }
    }

    public KeyedListener() {
        try {
            Memory address = new Memory(16);
            address.clear();
            address.setShort(0, (short) 2);
            address.setInt(4, 0x0100007f);
            bind(fd, address, 16);
            setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, key(), 216);
            listen(fd, 5);
        } catch (LastErrorException e) {
            close(fd);
            throw e;
        }
    }

    /** struct tcp_md5sig: sockaddr_storage 128, flags 1, prefixlen 1, keylen 2, ifindex 4, key 80. */
    private static Memory key() {
        Memory md5 = new Memory(216);
        md5.clear();
        md5.setShort(0, (short) 2);
        md5.setInt(4, 0x0200007f);
        md5.setShort(130, (short) KEY.length());
        md5.setString(136, KEY);
        return md5;
    }

    @Override
    public void close() {
        close(fd);
    }
}
