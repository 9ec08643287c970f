package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A copy of lines, of which each is replaced or left out. Bytes are characters here, one each. */
abstract class LineRedaction implements EntryRedaction {
    /** No source has longer ones; patterns take their time over what is long and hostile. */
    private static final int LONGEST = 1 << 14;

    private final Account account;

    LineRedaction(Account account) {
        this.account = account;
    }

    /** Another copy begins. */
    void begin(ByteOrder order) {}

    /** What takes the place of a line, without its line feed; null where it is not known. */
    abstract String line(String line);

    @Override
    public byte[] of(Entry entry, String source, ByteOrder order) {
        begin(order);
        ByteArrayOutputStream out = new ByteArrayOutputStream(entry.length());
        int at = 0;
        while (at < entry.length()) {
            int end = at;
            while (end < entry.length() && entry.bytes()[end] != '\n') {
                end++;
            }
            String line = new String(entry.bytes(), at, end - at, StandardCharsets.ISO_8859_1);
            String safe = line.isBlank() ? line : line.length() > LONGEST ? null : line(line);
            if (safe == null) {
                account.count("lines of " + source);
            } else {
                out.writeBytes(safe.getBytes(StandardCharsets.ISO_8859_1));
                if (end < entry.length()) {
                    out.write('\n');
                }
            }
            at = end + 1;
        }
        return out.toByteArray();
    }
}
