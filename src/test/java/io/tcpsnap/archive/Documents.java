package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pieces of a container made of any bytes, for tests of other packages. */
public final class Documents {
    private Documents() {}

    public static TickRecord tickRecord(byte[] json) throws IOException {
        return TickRecord.parse(json, json.length, 1);
    }

    /** A tar file with one entry. */
    public static byte[] tar(String name, byte[] content) {
        byte[] tar = new byte[(int) (Ustar.BLOCK + Ustar.padded(content.length) + 2 * Ustar.BLOCK)];
        Ustar.write(tar, 0, name, content.length, 0);
        System.arraycopy(content, 0, tar, Ustar.BLOCK, content.length);
        return tar;
    }

    /** The same bytes with the checksum of each block right where a tar reader looks for a header. */
    public static byte[] withChecksums(byte[] bytes) {
        byte[] tar = bytes.clone();
        long at = 0;
        while (at + Ustar.BLOCK <= tar.length) {
            byte[] block = Arrays.copyOfRange(tar, (int) at, (int) at + Ustar.BLOCK);
            at += Ustar.BLOCK;
            if (!Ustar.isZero(block)) {
                byte[] sum = "%06o\0 ".formatted(Ustar.checksum(block, 0)).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(sum, 0, tar, (int) at - Ustar.BLOCK + 148, sum.length);
                at += Ustar.padded(Math.max(0, Math.min(tar.length, Ustar.size(block))));
            }
        }
        return tar;
    }
}
