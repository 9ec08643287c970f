package io.tcpsnap.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives of several frames without recording for minutes: frames of short segments, one behind another. */
final class Frames {
    private Frames() {}

    /** Ticks 0 to {@code count * ticks} in {@code count} frames, with a seek table or without. */
    static Path file(Path folder, int count, int ticks, int size, boolean seekTable) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            Path part = Files.createTempDirectory(folder, "part");
            try (SegmentWriter writer = SegmentWriter.create(part, Recordings.manifest("lab"), Recordings.START)) {
                Recordings.write(writer, i * ticks, ticks, size);
                writer.close();
                try (FileChannel channel = FileChannel.open(writer.path())) {
                    lengths[i] = (int) SeekTable.read(channel).get(0).length();
                }
                out.write(Files.readAllBytes(writer.path()), 0, lengths[i]);
            }
        }
        if (seekTable) {
            out.writeBytes(table(lengths));
        }
        return Files.write(
                folder.resolve("frames-" + count + (seekTable ? "-table" : "") + ".tar.zst"), out.toByteArray());
    }

    private static byte[] table(int[] lengths) {
        int content = 8 * lengths.length + SeekTable.FOOTER;
        ByteBuffer table = ByteBuffer.allocate(8 + content).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(SeekTable.SKIPPABLE_MAGIC).putInt(content);
        for (int length : lengths) {
            table.putInt(length).putInt(0);
        }
        return table.putInt(lengths.length)
                .put((byte) 0)
                .putInt(SeekTable.MAGIC)
                .array();
    }

    /** The plain tar stream of a segment. */
    static byte[] tar(Path folder, int ticks, int size) throws IOException {
        Path file = Recordings.segment(Files.createTempDirectory(folder, "tar"), ticks, size);
        try (InputStream in = Packing.ZSTD.unpack(Files.newInputStream(file), false)) {
            return in.readAllBytes();
        }
    }
}
