package io.tcpsnap.redact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 32 bytes that all pseudonyms are a function of. Whoever has them can undo the redaction. Not for more than one thread. */
public final class Key {
    static final int LENGTH = 32;
    private static final int MOST = 1024;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;
    private final Mac mac;

    Key(byte[] bytes) {
        this.bytes = bytes.clone();
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(this.bytes, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** One that nobody knows, and that is forgotten with this object. */
    public static Key fresh() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new Key(bytes);
    }

    /**
     * Reads a file of 32 bytes, or of 64 hexadecimal digits.
     *
     * @throws IOException where it is neither
     */
    public static Key of(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST); // /dev/urandom has no end
        }
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (text.matches("[0-9a-fA-F]{64}")) {
            return new Key(HexFormat.of().parseHex(text));
        }
        if (content.length != LENGTH) {
            throw new IOException(file + " is no key: write 32 random bytes, 'head -c 32 /dev/urandom'");
        }
        return new Key(content);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** 32 bytes that follow from a value and what kind of value it is. */
    byte[] digest(String kind, byte[] value) {
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value);
    }

    /** 64 bits that follow from a number. */
    long number(String kind, long value) {
        byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
        return ByteBuffer.wrap(digest(kind, eight)).getLong();
    }

    /** A short name that tells which key it is, and nothing of it. */
    String fingerprint() {
        return HexFormat.of().formatHex(Arrays.copyOf(digest("fingerprint", new byte[0]), 4));
    }
}
