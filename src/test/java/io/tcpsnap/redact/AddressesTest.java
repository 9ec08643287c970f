package io.tcpsnap.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.kernel.TextAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pseudonyms of addresses are those that Crypto-PAn defines, one to one, and stay in their class. */
class AddressesTest {
    /** Key and pseudonyms of the sample trace that the authors of Crypto-PAn distribute. */
    private static final byte[] KEY = {
        21,
        34,
        23,
        (byte) 141,
        51,
        (byte) 164,
        (byte) 207,
        (byte) 128,
        19,
        10,
        91,
        22,
        73,
        (byte) 144,
        125,
        16,
        (byte) 216,
        (byte) 152,
        (byte) 143,
        (byte) 131,
        121,
        121,
        101,
        39,
        98,
        87,
        76,
        45,
        42,
        (byte) 132,
        34,
        2
    };

    private static final Random RANDOM = new Random(7);

    private final Addresses pure = new Addresses(new Key(KEY), Set.of());
    private final Addresses kept = new Addresses(new Key(KEY), EnumSet.allOf(AddressClass.class));

    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "130.132.252.244, 133.68.164.234",
        "141.223.7.43, 141.167.8.160",
        "141.233.145.108, 141.129.237.235",
        "152.163.225.39, 151.140.114.167",
        "156.29.3.236, 147.225.12.42",
        "165.247.96.84, 162.9.99.234",
        "166.107.77.190, 160.132.178.185",
        "192.102.249.13, 252.138.62.131",
        "192.215.32.125, 252.43.47.189",
        "::ffff:192.102.249.13, ::ffff:252.138.62.131",
    })
    void publishedPseudonyms(String address, String pseudonym) {
        assertThat(TextAddress.format(pure.of(TextAddress.parse(address)))).isEqualTo(pseudonym);
    }

    /** The definition, bit by bit: bit i is flipped by the first bit of AES(key, the first i bits, then the pad's). */
    private static byte[] byDefinition(byte[] address) throws Exception {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Arrays.copyOf(KEY, 16), "AES"));
        String pad = bits(aes.doFinal(KEY, 16, 16));
        String bits = bits(address);
        StringBuilder flipped = new StringBuilder();
        for (int i = 0; i < bits.length(); i++) {
            String input = bits.substring(0, i) + pad.substring(i);
            flipped.append(bits(aes.doFinal(bytes(input))).charAt(0) == bits.charAt(i) ? '0' : '1');
        }
        return bytes(flipped.toString());
    }

    private static String bits(byte[] bytes) {
        StringBuilder bits = new StringBuilder();
        for (byte b : bytes) {
            bits.append(Integer.toBinaryString(b & 0xff | 0x100).substring(1));
        }
        return bits.toString();
    }

    private static byte[] bytes(String bits) {
        ByteBuffer bytes = ByteBuffer.allocate(bits.length() / 8);
        for (int i = 0; i < bits.length(); i += 8) {
            bytes.put((byte) Integer.parseInt(bits.substring(i, i + 8), 2));
        }
        return bytes.array();
    }

    private static byte[] random(int length) {
        byte[] address = new byte[length];
        RANDOM.nextBytes(address);
        return address;
    }

    @Test
    void theDefinitionHolds() throws Exception {
        for (int i = 0; i < 300; i++) {
            byte[] address = random(i % 3 == 0 ? 16 : 4);
            assertThat(pure.of(address)).isEqualTo(byDefinition(address));
        }
    }

    private static int common(byte[] one, byte[] other) {
        int bit = 0;
        while (bit < 8 * one.length && ((one[bit >> 3] ^ other[bit >> 3]) & 0x80 >> (bit & 7)) == 0) {
            bit++;
        }
        return bit;
    }

    @Test
    void prefixesArePreservedExactly() {
        for (Addresses addresses : List.of(pure, kept)) {
            for (int i = 0; i < 2000; i++) {
                byte[] one = random(i % 2 == 0 ? 16 : 4);
                byte[] other = one.clone();
                int bit = RANDOM.nextInt(8 * one.length);
                other[bit >> 3] ^= (byte) (0x80 >> (bit & 7));
                assertThat(common(addresses.of(one), addresses.of(other))).isEqualTo(bit);
            }
        }
    }

    @Test
    void classesThatAreKeptMapOntoThemselves() throws Exception {
        List<String> inside = List.of(
                "127.0.0.1",
                "127.9.9.9",
                "::1",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.1",
                "192.168.1.1",
                "100.64.0.1",
                "fd00::1",
                "fc12:3456::1",
                "169.254.169.254",
                "fe80::1",
                "febf::1",
                "224.0.0.1",
                "239.1.1.1",
                "ff02::1",
                "0.0.0.0",
                "::",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1");
        for (String address : inside) {
            byte[] pseudonym = kept.of(TextAddress.parse(address));
            InetAddress was = InetAddress.getByName(address);
            InetAddress is = InetAddress.getByAddress(pseudonym);
            assertThat(List.of(
                            is.isLoopbackAddress(),
                            is.isSiteLocalAddress(),
                            is.isLinkLocalAddress(),
                            is.isMulticastAddress(),
                            is.isAnyLocalAddress()))
                    .as(address)
                    .containsExactly(
                            was.isLoopbackAddress(),
                            was.isSiteLocalAddress(),
                            was.isLinkLocalAddress(),
                            was.isMulticastAddress(),
                            was.isAnyLocalAddress());
        }
        assertThat(TextAddress.format(kept.of(TextAddress.parse("::ffff:127.0.0.1"))))
                .isEqualTo("::ffff:127.0.0.1");
        assertThat(TextAddress.format(kept.of(TextAddress.parse("10.0.0.1"))))
                .startsWith("10.")
                .isNotEqualTo("10.0.0.1");
    }

    @Test
    void noTwoAddressesShareAPseudonym() {
        for (Addresses addresses : List.of(pure, kept)) {
            Map<String, String> seen = new HashMap<>();
            List<String> all = new ArrayList<>(List.of("0.0.0.0", "::", "::1", "::ffff:0.0.0.0"));
            for (int i = 0; i < 20_000; i++) {
                byte[] four = random(4);
                four[0] = (byte) (i % 5 == 0 ? 10 : i % 7 == 0 ? 0 : four[0]);
                all.add(TextAddress.format(four));
                all.add("::ffff:" + TextAddress.format(four));
            }
            for (String address : all) {
                String pseudonym = TextAddress.format(addresses.of(TextAddress.parse(address)));
                assertThat(seen.merge(pseudonym, address, (was, is) -> was)).isEqualTo(address);
            }
        }
    }

    @Test
    void numbersKeepTheirDigitsAndAreOneToOne() {
        for (int radix : List.of(10, 16)) {
            Numbers numbers = new Numbers(new Key(KEY), "test", radix);
            Map<Long, Long> seen = new HashMap<>();
            for (long value : RANDOM.longs(20_000)
                    .map(n -> n >>> (int) (n & 63))
                    .distinct()
                    .toArray()) {
                long pseudonym = numbers.of(value);
                assertThat(Long.toUnsignedString(pseudonym, radix)).hasSameSizeAs(Long.toUnsignedString(value, radix));
                assertThat(pseudonym >>> 32 == 0).isEqualTo(value >>> 32 == 0);
                assertThat(seen.put(pseudonym, value)).isNull();
            }
        }
    }
}
