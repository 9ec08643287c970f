package io.tcpsnap.decode;

/**
 * An address and port as ss prints them: {@code 10.0.0.1:22}, {@code [fd99::1]:22}, {@code [fe80::1]%eth0:22}, {@code *:*};
 * IPv6 without brackets before iproute2 4.14; names where ss was to resolve them.
 *
 * <p>Source: iproute2 misc/ss.c inet_addr_print(), before that formatted_print().
 */
final class SsEndpoint {
    static final int UNKNOWN = 0;

    /** 4, 6, or {@link #UNKNOWN}: for {@code *}, which is any address, and for names. */
    int family;
    /** Whether the address is {@code *}. */
    boolean any;
    /** Whether there is a port: it is a number, or {@code *} for 0. */
    boolean hasPort;
    /** Whether an interface follows the address. */
    boolean scoped;

    int port;
    long hi;
    long lo;

    /** Reads a word; false where it has no colon between address and port, so that it is no such pair. */
    boolean read(String word) {
        int colon = word.lastIndexOf(':');
        if (colon <= 0 || colon == word.length() - 1) {
            return false;
        }
        port(word.substring(colon + 1));
        String host = word.substring(0, colon);
        int percent = host.indexOf('%');
        scoped = percent >= 0;
        host(scoped ? host.substring(0, percent) : host);
        return true;
    }

    private void port(String text) {
        hasPort = text.equals("*") || text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 0xffff;
        port = hasPort && !text.equals("*") ? Integer.parseInt(text) : 0;
    }

    private void host(String text) {
        any = text.equals("*");
        family = UNKNOWN;
        hi = 0;
        lo = 0;
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String address = bracketed ? text.substring(1, text.length() - 1) : text;
        if (address.indexOf(':') >= 0) {
            family = v6(address) ? 6 : UNKNOWN;
        } else if (!bracketed) {
            long v4 = v4(address);
            family = v4 >= 0 ? 4 : UNKNOWN;
            lo = v4 >= 0 ? v4 : 0;
        }
    }

    /** The address as a number, or -1. */
    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        long value = 0;
        for (String part : parts) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > 255) {
                return -1;
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return parts.length == 4 ? value : -1;
    }

    private boolean v6(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[8];
        int head = groups(gap < 0 ? text : text.substring(0, gap), groups, 0);
        if (gap < 0) {
            return head == 8 && set(groups);
        }
        int[] tail = new int[8];
        int length = groups(text.substring(gap + 2), tail, 0);
        if (head < 0 || length < 0 || head + length > 7) {
            return false;
        }
        System.arraycopy(tail, 0, groups, 8 - length, length);
        return set(groups);
    }

    /** Reads groups parted by colons, the last of which may be dotted; returns how many they fill, or -1. */
    private static int groups(String text, int[] groups, int from) {
        int count = from;
        if (text.isEmpty()) {
            return count;
        }
        for (String part : text.split(":", -1)) {
            long v4 = part.indexOf('.') >= 0 ? v4(part) : -1;
            if (v4 >= 0 && count <= 6 && text.endsWith(part)) {
                groups[count++] = (int) (v4 >> 16);
                groups[count++] = (int) (v4 & 0xffff);
            } else if (count < 8 && part.matches("[0-9a-fA-F]{1,4}")) {
                groups[count++] = Integer.parseInt(part, 16);
            } else {
                return -1;
            }
        }
        return count;
    }

    private boolean set(int[] groups) {
        for (int i = 0; i < 4; i++) {
            hi = hi << 16 | groups[i];
            lo = lo << 16 | groups[i + 4];
        }
        return true;
    }
}
