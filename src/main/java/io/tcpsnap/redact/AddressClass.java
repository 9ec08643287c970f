package io.tcpsnap.redact;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Ranges of addresses that mean something to every reader. */
public enum AddressClass {
    LOOPBACK("127.0.0.0/8", "::1/128"),
    PRIVATE("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    LINK_LOCAL("169.254.0.0/16", "fe80::/10"),
    MULTICAST("224.0.0.0/4", "ff00::/8");

    private final List<Range> ranges = new ArrayList<>();

    /** The addresses that begin with the first {@code length} bits of {@code prefix}, of 4 or 16 bytes. */
    record Range(byte[] prefix, int length) {
        /** How many bits an address has in common with the prefix, up to its length. */
        int common(byte[] address) {
            if (address.length != prefix.length) {
                return 0;
            }
            int bit = 0;
            while (bit < length && ((address[bit >> 3] ^ prefix[bit >> 3]) & 0x80 >> (bit & 7)) == 0) {
                bit++;
            }
            return bit;
        }

        boolean contains(byte[] address) {
            return address.length == prefix.length && common(address) == length;
        }
    }

    AddressClass(String... ranges) {
        for (String range : ranges) {
            int slash = range.indexOf('/');
            try {
                byte[] prefix = InetAddress.getByName(range.substring(0, slash)).getAddress();
                this.ranges.add(new Range(prefix, Integer.parseInt(range.substring(slash + 1))));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(range, e); // no name is resolved: these are addresses
            }
        }
    }

    List<Range> ranges() {
        return ranges;
    }

    /** As users write it: {@code link-local}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
