package io.tcpsnap.redact;

import io.tcpsnap.archive.Entry;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Redacts single copies, for tests of other packages. */
public final class Redacted {
    private static final Key KEY = new Key("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final Account account = new Account();
    private final TickRedaction redaction = new TickRedaction(new Renaming(KEY, Policy.byDefault()), account);

    public byte[] copy(String path, byte[] bytes, ByteOrder order) {
        return redaction.entry(new Entry(path, bytes, bytes.length), order).bytes();
    }

    /** What was left out so far. */
    public Map<String, Long> leftOut() {
        return account.counts();
    }
}
