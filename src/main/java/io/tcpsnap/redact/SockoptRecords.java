package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.kernel.SockOption;
import io.tcpsnap.kernel.SockoptEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** {@code sockopt} and {@code sockopt_handed}: records written anew, of the options that are known. */
final class SockoptRecords implements EntryRedaction {
    /** tcp_timestamp has the peer's view of the clock, by which a host can be known again. */
    private static final Set<String> LEFT_OUT = Set.of("tcp_timestamp");

    private static final int LONGEST_INFO = 280;
    private static final int LONGEST_CC_INFO = 52;

    private final Renaming renaming;
    private final Account account;
    private ByteBuffer in;
    private ByteArrayOutputStream out;

    SockoptRecords(Renaming renaming, Account account) {
        this.renaming = renaming;
        this.account = account;
    }

    @Override
    public byte[] of(Entry entry, String source, ByteOrder order) {
        in = ByteBuffer.wrap(entry.bytes(), 0, entry.length()).order(order);
        out = new ByteArrayOutputStream(entry.length());
        int at = 0;
        while (at + SockoptEntry.HEADER <= entry.length()) {
            int length = in.getShort(at + 6) & 0xffff;
            if (length > entry.length() - at - SockoptEntry.HEADER) {
                break;
            }
            byte[] safe = record(at, length);
            if (safe == null) {
                account.count("records of " + source);
            } else {
                put(at, safe);
            }
            at = Math.min(entry.length(), at + SockoptEntry.align(SockoptEntry.HEADER + length));
        }
        if (at < entry.length()) {
            account.count("ends of " + source);
        }
        return out.toByteArray();
    }

    private void put(int at, byte[] value) {
        ByteBuffer record = ByteBuffer.allocate(SockoptEntry.align(SockoptEntry.HEADER + value.length))
                .order(in.order());
        record.putShort(in.getShort(at)).putShort(in.getShort(at + 2)).putShort(in.getShort(at + 4));
        record.putShort((short) value.length).put(value);
        out.writeBytes(record.array());
    }

    /** The value that takes the place of a record's; null where the record is left out. */
    private byte[] record(int at, int length) {
        int level = in.getShort(at) & 0xffff;
        int number = in.getShort(at + 2) & 0xffff;
        byte[] value = Arrays.copyOfRange(in.array(), at + SockoptEntry.HEADER, at + SockoptEntry.HEADER + length);
        if (level != SockoptEntry.LEVEL) {
            return option(level, number, value);
        }
        ByteBuffer fields = ByteBuffer.wrap(value).order(in.order());
        if (number == SockoptEntry.SOCKET && length == SockoptEntry.SOCKET_LENGTH) {
            return socket(fields);
        }
        if (number == SockoptEntry.HANDED && length == SockoptEntry.HANDED_LENGTH) {
            socket(fields);
            fields.putInt(12, 0).putLong(16, fields.getLong(16) - renaming.shift() * 1_000_000_000L);
            return value;
        }
        boolean counts = number == SockoptEntry.PROCESSES && length == SockoptEntry.PROCESSES_LENGTH
                || number == SockoptEntry.END && length == SockoptEntry.END_LENGTH;
        return counts ? value : null;
    }

    private byte[] socket(ByteBuffer fields) {
        fields.putLong(0, renaming.inode(fields.getLong(0)));
        fields.putInt(8, (int) renaming.pid(fields.getInt(8) & 0xffffffffL));
        return fields.array();
    }

    private byte[] option(int level, int number, byte[] value) {
        SockOption option = SockOption.ALL.stream()
                .filter(one -> one.level() == level && one.number() == number)
                .findFirst()
                .orElse(null);
        if (option == null || LEFT_OUT.contains(option.name())) {
            return null;
        }
        if (value.length == 0) {
            return value;
        }
        ByteBuffer field = ByteBuffer.wrap(value).order(in.order());
        return switch (option.name()) {
            case "so_cookie", "so_netns_cookie" ->
                value.length < 8 ? null : number(field, renaming.cookie(field.getLong(0)));
            case "so_mark" ->
                value.length < 4
                        ? null
                        : field.putInt(0, (int) renaming.mark(field.getInt(0) & 0xffffffffL))
                                .array();
            case "so_bindtodevice" -> text(renaming.device(text(value)));
            case "tcp_congestion" -> known(value, ProtocolNames.CONGESTION_CONTROLS);
            case "tcp_ulp" -> known(value, ProtocolNames.UPPER_LAYERS);
            case "tcp_info" -> Arrays.copyOf(value, Math.min(value.length, LONGEST_INFO));
            case "tcp_cc_info" -> Arrays.copyOf(value, Math.min(value.length, LONGEST_CC_INFO));
            default -> Arrays.copyOf(value, Math.min(value.length, option.type().size()));
        };
    }

    private static byte[] number(ByteBuffer field, long value) {
        return Arrays.copyOf(field.putLong(0, value).array(), 8);
    }

    private static String text(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        return text.indexOf('\0') < 0 ? text : text.substring(0, text.indexOf('\0'));
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] known(byte[] value, Set<String> names) {
        return names.contains(text(value))
                ? Arrays.copyOf(
                        text(text(value)), Math.max(value.length, text(value).length() + 1))
                : null;
    }
}
