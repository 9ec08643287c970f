package io.tcpsnap.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Header blocks of POSIX ustar (IEEE Std 1003.1, pax, "ustar Interchange Format").
 *
 * <pre>
 *   0 name 100   100 mode 8   108 uid 8   116 gid 8   124 size 12   136 mtime 12   148 chksum 8   156 typeflag 1
 * 157 linkname 100   257 magic "ustar\0" 6   263 version "00"   265 uname 32   297 gname 32   345 prefix 155
 * </pre>
 */
final class Ustar {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final long YEAR_2200 = 7_258_118_400L;

    private Ustar() {}

    /** {@code length} rounded up to whole blocks. */
    static long padded(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Writes the header of a regular file, mode 0644, uid and gid 0. */
    static void write(byte[] out, int at, String name, long size, long mtimeSeconds) {
        Arrays.fill(out, at, at + BLOCK, (byte) 0);
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        int split = 0;
        if (path.length > NAME) {
            split = split(path);
            if (split < 0) {
                throw new IllegalArgumentException("too long for a ustar header: " + name);
            }
            System.arraycopy(path, 0, out, at + 345, split);
            split++;
        }
        System.arraycopy(path, split, out, at, path.length - split);
        octal(out, at + 100, 8, 0644);
        octal(out, at + 108, 8, 0);
        octal(out, at + 116, 8, 0);
        octal(out, at + 124, 12, size);
        octal(out, at + 136, 12, Math.max(0, mtimeSeconds));
        out[at + 156] = '0';
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, out, at + 257, 8);
        seal(out, at);
    }

    private static void seal(byte[] out, int at) {
        octal(out, at + 148, 7, checksum(out, at));
        out[at + 155] = ' ';
    }

    /** Whether {@link #write} takes the name. */
    static boolean fits(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        return path.length <= NAME || split(path) >= 0;
    }

    /** A pax extended header with its content, which gives the file behind it a name of any length. */
    static byte[] longName(String name) {
        byte[] rest = (" path=" + name + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length + 1;
        while (String.valueOf(length).length() + rest.length != length) {
            length++;
        }
        byte[] out = new byte[(int) (BLOCK + padded(length))];
        write(out, 0, "pax", length, 0);
        out[156] = 'x';
        seal(out, 0);
        byte[] digits = String.valueOf(length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, out, BLOCK, digits.length);
        System.arraycopy(rest, 0, out, BLOCK + digits.length, rest.length);
        return out;
    }

    /** Where to cut a path that is longer than a name; -1 where it is too long. */
    private static int split(byte[] path) {
        for (int i = Math.min(path.length - 2, PREFIX); i > 0 && path.length - i - 1 <= NAME; i--) {
            if (path[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static void octal(byte[] out, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 2; i >= at; i--) {
            out[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
    }

    /** Sum of the header's bytes, those of the sum itself taken as blanks. */
    static int checksum(byte[] block, int at) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            if (i < 148 || i >= 156) {
                sum += block[at + i] & 0xff;
            }
        }
        return sum;
    }

    /** Whether the block is a header: its checksum is right. */
    static boolean isHeader(byte[] block) {
        return number(block, 148, 8) == checksum(block, 0);
    }

    static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    static char type(byte[] block) {
        return (char) (block[156] & 0xff);
    }

    static String name(byte[] block) {
        String name = text(block, 0, NAME);
        boolean posix = block[257] == 'u' && block[258] == 's' && block[262] == 0;
        String prefix = posix ? text(block, 345, PREFIX) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Size of the content, -1 where the field is no number that we can use. */
    static long size(byte[] block) {
        return number(block, 124, 12);
    }

    /** Time of the last modification in seconds since the epoch, 0 where the field is no time before the year 2200. */
    static long modified(byte[] block) {
        long seconds = number(block, 136, 12);
        return seconds < 0 || seconds > YEAR_2200 ? 0 : seconds;
    }

    static String text(byte[] block, int at, int width) {
        int end = at;
        while (end < at + width && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    /**
     * The path in the records of a pax extended header, {@code "<length of record> path=<value>\n"}, or null where there is
     * none.
     */
    static String paxPath(byte[] records, int length) {
        int at = 0;
        while (at < length) {
            int record = 0;
            int i = at;
            while (i < length && records[i] >= '0' && records[i] <= '9' && record < length) {
                record = record * 10 + records[i++] - '0';
            }
            if (record <= i - at || record > length - at) {
                return null;
            }
            String text = new String(records, i, at + record - i, StandardCharsets.UTF_8).strip();
            if (text.startsWith("path=")) {
                return text.substring(5);
            }
            at += record;
        }
        return null;
    }

    /** Octal with blanks or NUL around it, or the base-256 form of GNU tar; -1 where it is neither. */
    private static long number(byte[] block, int at, int width) {
        if (block[at] == (byte) 0x80) {
            long value = 0;
            for (int i = at + 1; i < at + width; i++) {
                if (value > Long.MAX_VALUE >> 9) {
                    return -1;
                }
                value = value << 8 | block[i] & 0xff;
            }
            return value;
        }
        String digits = text(block, at, width).strip();
        try {
            return digits.isEmpty() ? 0 : Math.max(-1, Long.parseLong(digits, 8));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
