package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is lost is said: fewer ticks without damage would be taken for a short recording. */
class SilentLossTest {
    private static final int SIZE = 3000;

    @TempDir
    private Path folder;

    private final List<Damage> damage = new ArrayList<>();

    @Test
    void eachFlippedBitThatCostsATickIsReported() throws IOException {
        byte[] bytes = Files.readAllBytes(Frames.file(folder, 4, 10, SIZE, true));
        Random random = new Random(23);
        for (int i = 0; i < 400; i++) {
            byte[] flipped = bytes.clone();
            int at = 8 + random.nextInt(bytes.length - 8);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertReportedWhenLost(flipped, 40, "bit flipped at " + at);
        }
    }

    @Test
    void eachFlippedBitWithoutASeekTableCostsItsFrameAtMost() throws IOException {
        byte[] bytes = Files.readAllBytes(Frames.file(folder, 4, 10, SIZE, false));
        Random random = new Random(29);
        for (int i = 0; i < 400; i++) {
            byte[] flipped = bytes.clone();
            int at = 8 + random.nextInt(bytes.length - 8);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            List<Integer> seen = assertReportedWhenLost(flipped, 40, "bit flipped at " + at);
            assertThat(seen).as("bit flipped at %d: %s", at, damage).hasSizeGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void eachRemovedPieceOfAFrameIsReported() throws IOException {
        byte[] bytes = Files.readAllBytes(Frames.file(folder, 4, 10, SIZE, false));
        Random random = new Random(31);
        for (int i = 0; i < 200; i++) {
            int from = 300 + random.nextInt(bytes.length - 1000);
            int length = 1 + random.nextInt(300);
            ByteArrayOutputStream cut = new ByteArrayOutputStream();
            cut.write(bytes, 0, from);
            cut.write(bytes, from + length, bytes.length - from - length);
            assertReportedWhenLost(cut.toByteArray(), 40, length + " bytes removed at " + from);
        }
    }

    private List<Integer> assertReportedWhenLost(byte[] bytes, int ticks, String what) throws IOException {
        Path file = Files.write(folder.resolve("broken"), bytes);
        damage.clear();
        List<Integer> seen = Recordings.read(damage, SIZE, file);
        if (seen.size() < ticks) {
            boolean closed =
                    ArchiveSet.open(List.of(file.toString())).segments().get(0).closed();
            assertThat(!damage.isEmpty() || !closed)
                    .as("%s: %d of %d ticks and no word", what, seen.size(), ticks)
                    .isTrue();
        }
        return seen;
    }

    /** A shell script appends one gzip member for each tick; members end anywhere in the reader's buffer. */
    @Test
    void gzipMembersOfAnySizeAreReadToTheLast() throws IOException {
        byte[] tar = Frames.tar(folder, 40, SIZE);
        Random random = new Random(37);
        for (int i = 0; i < 20; i++) {
            Path file = folder.resolve("members.tgz");
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int at = 0; at < tar.length; ) {
                    int length = Math.min(tar.length - at, 1 + random.nextInt(60_000));
                    out.write(member(tar, at, length, random.nextInt(70_000)));
                    at += length;
                }
            }
            damage.clear();
            assertThat(Recordings.read(damage, SIZE, file))
                    .isEqualTo(IntStream.range(0, 40).boxed().toList());
            assertThat(damage).isEmpty();
        }
    }

    /** A gzip member with a comment of some length, so that it ends at many offsets of the file. */
    private static byte[] member(byte[] bytes, int at, int length, int comment) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes, at, length);
        }
        byte[] plain = packed.toByteArray();
        ByteBuffer member = ByteBuffer.allocate(plain.length + comment + 1).order(ByteOrder.LITTLE_ENDIAN);
        member.put(plain, 0, 10).put(3, (byte) 16);
        for (int i = 0; i < comment; i++) {
            member.put((byte) 'c');
        }
        return member.put((byte) 0).put(plain, 10, plain.length - 10).array();
    }

    @Test
    void aDamagedGzipMemberIsReported() throws IOException {
        byte[] tar = Frames.tar(folder, 20, SIZE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int half = tar.length / 2 / 512 * 512;
        byte[] first = member(tar, 0, half, 0);
        out.writeBytes(first);
        out.writeBytes(member(tar, half, tar.length - half, 0));
        byte[] bytes = out.toByteArray();
        bytes[first.length] ^= 1;

        List<Integer> seen = Recordings.read(damage, SIZE, Files.write(folder.resolve("x.tgz"), bytes));
        assertThat(seen).isNotEmpty().hasSizeLessThan(20);
        assertThat(damage).isNotEmpty();
    }
}
