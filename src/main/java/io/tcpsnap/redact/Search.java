package io.tcpsnap.redact;

import io.tcpsnap.kernel.TextAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Looks for texts and addresses in bytes, in every form in which a copy may have them. Four bytes of an address may also be
 * there by chance.
 */
public final class Search {
    private static final int STEP = 1 << 20;
    private static final int MOST = 100;

    /** @param pattern as the user wrote it; @param what the form, for people; @param ignoresCase whether it is text */
    private record Form(String pattern, String what, byte[] bytes, boolean ignoresCase) {
        boolean isAt(byte[] in, int at) {
            for (int i = 0; i < bytes.length; i++) {
                byte b = ignoresCase ? lower(in[at + i]) : in[at + i];
                if (b != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What was found.
     *
     * @param pattern as the user wrote it
     * @param form in which it was found
     * @param offset of its first byte
     */
    public record Hit(String pattern, String form, long offset) {}

    private final List<Form> forms = new ArrayList<>();
    /** By the first two bytes, in lower case. */
    private final List<List<Form>> byStart = new ArrayList<>();

    private int longest;

    /** @throws IllegalArgumentException where a pattern is too short to mean anything */
    public Search(List<String> patterns) {
        for (int i = 0; i < 1 << 16; i++) {
            byStart.add(null);
        }
        for (String pattern : patterns) {
            if (pattern.length() < 2) {
                throw new IllegalArgumentException("'" + pattern + "' is too short to look for");
            }
            byte[] address = TextAddress.parse(pattern);
            text(pattern, "as text", pattern);
            if (address != null) {
                address(pattern, address);
                if (TextAddress.isMapped(address)) {
                    address(pattern, Arrays.copyOfRange(address, 12, 16));
                }
            } else {
                text(pattern, "in hexadecimal", HexFormat.of().formatHex(pattern.getBytes(StandardCharsets.UTF_8)));
                texts(pattern, Stream.of(escaped(pattern), quoted(pattern)));
            }
        }
        forms.forEach(this::index);
    }

    private void texts(String pattern, Stream<String> escaped) {
        escaped.distinct()
                .filter(text -> !text.equals(pattern))
                .forEach(text -> text(pattern, "as text with escapes", text));
    }

    /** As {@code owners} has it. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            boolean plain = c > ' ' && c != 0x7f && c != '\\';
            escaped.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\x%02x", (int) c));
        }
        return escaped.toString();
    }

    /** As JSON has it. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void address(String pattern, byte[] address) {
        byte[] swapped = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            swapped[i] = address[i / 4 * 4 + 3 - i % 4];
        }
        text(pattern, "as text", TextAddress.format(address));
        text(pattern, "in hexadecimal, network order", HexFormat.of().formatHex(address));
        text(pattern, "in hexadecimal, host order", HexFormat.of().formatHex(swapped));
        text(pattern, "in groups", groups(address, "%x"));
        text(pattern, "in groups", groups(address, "%04x"));
        forms.add(new Form(pattern, "as bytes, network order", address, false));
        forms.add(new Form(pattern, "as bytes, host order", swapped, false));
    }

    private static String groups(byte[] address, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length; i += 2) {
            text.append(i > 0 ? ":" : "");
            text.append(String.format(Locale.ROOT, format, (address[i] & 0xff) << 8 | address[i + 1] & 0xff));
        }
        return text.toString();
    }

    private void text(String pattern, String what, String text) {
        byte[] lower = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < lower.length; i++) {
            lower[i] = lower(lower[i]);
        }
        forms.add(new Form(pattern, what, lower, true));
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private void index(Form form) {
        int start = start(form.bytes()[0], form.bytes()[1]);
        if (byStart.get(start) == null) {
            byStart.set(start, new ArrayList<>());
        }
        byStart.get(start).add(form);
        longest = Math.max(longest, form.bytes().length);
    }

    private static int start(byte first, byte second) {
        return (lower(first) & 0xff) << 8 | lower(second) & 0xff;
    }

    /** All places in a stream, up to a hundred; closes it. */
    public List<Hit> in(InputStream bytes) throws IOException {
        List<Hit> hits = new ArrayList<>();
        byte[] window = new byte[STEP + longest];
        long offset = 0;
        try (bytes) {
            int held = bytes.readNBytes(window, 0, window.length);
            while (held > 0) {
                boolean last = held < window.length;
                for (int at = 0; at < (last ? held : STEP) && hits.size() < MOST; at++) {
                    look(window, at, held, offset, hits);
                }
                System.arraycopy(window, STEP, window, 0, longest);
                offset += STEP;
                held = last ? 0 : longest + bytes.readNBytes(window, longest, STEP);
            }
        }
        return hits;
    }

    private void look(byte[] window, int at, int held, long offset, List<Hit> hits) {
        List<Form> candidates = at + 1 < held ? byStart.get(start(window[at], window[at + 1])) : null;
        if (candidates == null) {
            return;
        }
        for (Form form : candidates) {
            if (at + form.bytes().length <= held && form.isAt(window, at)) {
                hits.add(new Hit(form.pattern(), form.what(), offset + at));
            }
        }
    }
}
