package io.tcpsnap.redact;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Crypto-PAn (Xu, Fan, Ammar, Moon: Prefix-Preserving IP Address Anonymization, ICNP 2002): addresses that share their first n
 * bits, and no more, have pseudonyms that share their first n bits, and no more.
 *
 * <p>Bit i of an address is flipped where the first bit of AES(key, first i bits of the address, then those of a secret pad) is
 * one. Not for more than one thread.
 */
final class CryptoPan {
    private static final int BLOCK = 16;

    private final Cipher aes;
    private final byte[] pad = new byte[BLOCK];
    private final byte[] in = new byte[BLOCK];
    private final byte[] out = new byte[BLOCK];

    /** @param key 16 bytes for AES, and 16 that the pad is made of */
    CryptoPan(byte[] key) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Arrays.copyOf(key, BLOCK), "AES"));
            aes.update(key, BLOCK, BLOCK, pad);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /** Which bits of an address of 4 or 16 bytes are flipped. */
    byte[] flips(byte[] address) {
        byte[] flips = new byte[address.length];
        System.arraycopy(pad, 0, in, 0, BLOCK);
        for (int bit = 0; bit < 8 * address.length; bit++) {
            if (bit > 0) {
                int mask = 0x80 >> (bit - 1 & 7);
                int at = bit - 1 >> 3;
                in[at] = (byte) (in[at] & ~mask | address[at] & mask);
            }
            if (encrypted() < 0) {
                flips[bit >> 3] |= (byte) (0x80 >> (bit & 7));
            }
        }
        return flips;
    }

    /** First byte of the encrypted input, with its sign: the first bit. */
    private byte encrypted() {
        try {
            aes.update(in, 0, BLOCK, out);
            return out[0];
        } catch (ShortBufferException e) {
            throw new IllegalStateException("a block fits a block", e);
        }
    }
}
