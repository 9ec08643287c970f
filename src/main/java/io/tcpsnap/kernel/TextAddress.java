package io.tcpsnap.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Addresses as people read them: IPv4 dotted, IPv6 by RFC 5952, IPv4-mapped ones as {@code ::ffff:a.b.c.d}. */
public final class TextAddress {
    private static final Pattern V4 = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern V6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");

    private TextAddress() {}

    /** 4 or 16 bytes in network order; null where the text is no address. Asks nobody. */
    public static byte[] parse(String text) {
        if (V4.matcher(text).matches()) {
            byte[] address = new byte[4];
            String[] parts = text.split("\\.", -1);
            for (int i = 0; i < 4; i++) {
                if (Integer.parseInt(parts[i]) > 255) {
                    return null;
                }
                address[i] = (byte) Integer.parseInt(parts[i]);
            }
            return address;
        }
        if (!V6.matcher(text).matches()) {
            return null;
        }
        try {
            byte[] address = InetAddress.getByName("[" + text + "]").getAddress(); // brackets: no name is resolved
            return address.length == 16 ? address : mapped(address);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether an address is an IPv4-mapped one of IPv6. */
    public static boolean isMapped(byte[] address) {
        return address.length == 16
                && Arrays.equals(Arrays.copyOf(address, 12), Arrays.copyOf(mapped(new byte[4]), 12));
    }

    private static byte[] mapped(byte[] v4) {
        byte[] address = new byte[16];
        address[10] = -1;
        address[11] = -1;
        System.arraycopy(v4, 0, address, 12, 4);
        return address;
    }

    public static String format(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        if (isMapped(address)) {
            return "::ffff:" + format(Arrays.copyOfRange(address, 12, 16));
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
        }
        return groups(groups);
    }

    private static String groups(int[] groups) {
        int best = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                best = i;
                longest = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
