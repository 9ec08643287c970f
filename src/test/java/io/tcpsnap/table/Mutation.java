package io.tcpsnap.table;

import java.util.Arrays;
import java.util.Random;

/** Bytes with some of them changed, removed, doubled or cut off; the same for the same seed. */
public final class Mutation {
    private static final byte[] LIKELY = " \n\r\t:|-0189aFx.\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private final Random random;

    public Mutation(long seed) {
        random = new Random(seed);
    }

    public byte[] of(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(8); i > 0 && bytes.length > 0; i--) {
            bytes = once(bytes);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] = LIKELY[random.nextInt(LIKELY.length)];
            case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 3 -> {
                // a netlink length or type, if these are messages
                bytes[at & ~1] = (byte) random.nextInt(24);
                bytes[Math.min(bytes.length - 1, at | 1)] = 0;
            }
            case 4 -> {
                return join(bytes, at, bytes, to);
            }
            default -> {
                return join(bytes, to, bytes, at);
            }
        }
        return bytes;
    }

    /** The first bytes of one up to {@code end}, then those of the other from {@code start} on. */
    private static byte[] join(byte[] one, int end, byte[] other, int start) {
        byte[] joined = Arrays.copyOf(one, end + other.length - start);
        System.arraycopy(other, start, joined, end, other.length - start);
        return joined;
    }
}
