package io.tcpsnap.slice;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.SockoptEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Copies that know sockets by their inodes only. */
final class ByInode {
    private ByInode() {}

    static boolean has(String path) {
        return path.equals("owners") || path.equals("sockopt") || path.equals("sockopt_handed");
    }

    static Entry filter(Entry entry, Set<Long> inodes, ByteOrder order) {
        return entry.path().equals("owners") ? owners(entry, inodes) : sockopts(entry, inodes, order);
    }

    private static Entry owners(Entry entry, Set<Long> inodes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < entry.length()) {
            int end = Lines.end(entry, at);
            String line = new String(entry.bytes(), at, end - at, StandardCharsets.ISO_8859_1);
            String inode = line.substring(0, Math.max(0, line.indexOf(' ')));
            if (line.startsWith("#") || inode.matches("\\d{1,18}") && inodes.contains(Long.parseLong(inode))) {
                out.write(entry.bytes(), at, end - at);
            }
            at = end;
        }
        return Lines.entry(entry.path(), out);
    }

    /** A record that begins a socket, and the options behind it; what counts stays. */
    private static Entry sockopts(Entry entry, Set<Long> inodes, ByteOrder order) {
        ByteBuffer in = ByteBuffer.wrap(entry.bytes(), 0, entry.length()).order(order);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean wanted = false;
        int at = 0;
        while (at + SockoptEntry.HEADER <= entry.length()) {
            int length = in.getShort(at + 6) & 0xffff;
            if (length > entry.length() - at - SockoptEntry.HEADER) {
                break;
            }
            if ((in.getShort(at) & 0xffff) == SockoptEntry.LEVEL) {
                int number = in.getShort(at + 2) & 0xffff;
                boolean socket = (number == SockoptEntry.SOCKET || number == SockoptEntry.HANDED) && length >= 8;
                wanted = !socket || inodes.contains(in.getLong(at + SockoptEntry.HEADER));
            }
            int next = Math.min(entry.length(), at + SockoptEntry.align(SockoptEntry.HEADER + length));
            if (wanted) {
                out.write(entry.bytes(), at, next - at);
            }
            at = next;
        }
        return Lines.entry(entry.path(), out);
    }
}
