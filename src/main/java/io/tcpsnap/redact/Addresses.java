package io.tcpsnap.redact;

import io.tcpsnap.kernel.TextAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The pseudonyms of addresses: one to one, prefix-preserving within each family, an IPv4-mapped address with that of its IPv4
 * address. The unspecified address is its own.
 *
 * <p>A class that is kept maps onto itself, and with it each address keeps as many leading bits as it shares with the class: a
 * mapping that preserves prefixes and classes cannot do otherwise. So 192.169.0.1 stays in 192.169.0.0/16 where private addresses
 * stay private. Loopback addresses are not renamed at all where their class is kept. Not for more than one thread.
 */
final class Addresses {
    private static final int MAX_CACHED = 1 << 18;
    private static final int MAPPED = 12;

    private final CryptoPan pan;
    private final Set<AddressClass> kept;
    private final Map<Bytes, byte[]> cache = new HashMap<>();

    private record Bytes(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    Addresses(Key key, Set<AddressClass> kept) {
        this.pan = new CryptoPan(key.bytes());
        this.kept = kept;
    }

    /** @param address of 4 or 16 bytes, in network order; the result is not to be written to */
    byte[] of(byte[] address) {
        Bytes asked = new Bytes(address.clone());
        byte[] known = cache.get(asked);
        if (known == null) {
            known = TextAddress.isMapped(address) ? mapped(address) : walk(address);
            if (cache.size() > MAX_CACHED) {
                cache.clear();
            }
            cache.put(asked, known);
        }
        return known;
    }

    private byte[] mapped(byte[] address) {
        byte[] v4 = of(Arrays.copyOfRange(address, MAPPED, 16));
        byte[] pseudonym = address.clone();
        System.arraycopy(v4, 0, pseudonym, MAPPED, 4);
        return pseudonym;
    }

    /** Addresses that are their own pseudonyms are passed over by those that would get them. */
    private byte[] walk(byte[] address) {
        if (isUnspecified(address)) {
            return address.clone();
        }
        byte[] pseudonym = address;
        do {
            pseudonym = step(pseudonym);
        } while (isUnspecified(pseudonym) || TextAddress.isMapped(pseudonym));
        return pseudonym;
    }

    private byte[] step(byte[] address) {
        byte[] pseudonym = address.clone();
        byte[] flips = pan.flips(address);
        int fixed = fixed(address);
        for (int bit = fixed; bit < 8 * address.length; bit++) {
            pseudonym[bit >> 3] ^= (byte) (flips[bit >> 3] & 0x80 >> (bit & 7));
        }
        return pseudonym;
    }

    /**
     * Number of leading bits that stay: those shared with a class that is kept, and the one after them, which tells that the
     * address is not in it.
     */
    private int fixed(byte[] address) {
        int fixed = 0;
        for (AddressClass one : kept) {
            for (AddressClass.Range range : one.ranges()) {
                int common = range.common(address);
                if (range.contains(address)) {
                    fixed = Math.max(fixed, one == AddressClass.LOOPBACK ? 8 * address.length : common);
                } else if (address.length == range.prefix().length) {
                    fixed = Math.max(fixed, common + 1);
                }
            }
        }
        return fixed;
    }

    private static boolean isUnspecified(byte[] address) {
        for (byte b : address) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
