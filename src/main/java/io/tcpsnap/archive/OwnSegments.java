package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The segments that the recorders of one host have left in a folder. */
public final class OwnSegments {
    private final Path folder;
    private final String host;

    public OwnSegments(Path folder, String host) {
        this.folder = folder;
        this.host = SegmentName.of(host, 0).host();
    }

    /** Files with a name of ours, oldest first. */
    public List<Path> list() throws IOException {
        List<Path> segments = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tar.zst")) {
            for (Path file : files) {
                SegmentName name = SegmentName.parse(file.getFileName().toString());
                if (name != null && name.host().equals(host) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    segments.add(file);
                }
            }
        }
        segments.sort(Comparator.comparing(
                file -> SegmentName.parse(file.getFileName().toString())));
        return segments;
    }

    /** Whether a file begins as a segment does: with the manifest of an archive, in zstd. A name alone may be chance. */
    public static boolean isSegment(Path path) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            if (Packing.of(file) != Packing.ZSTD) {
                return false;
            }
            try (TarReader tar = new TarReader(Packing.ZSTD.unpack(new Slice(file, 0, file.size()), true))) {
                return tar.next()
                        && tar.name().equals(Manifest.ENTRY)
                        && Peek.manifest(tar).format() > 0;
            }
        } catch (IOException e) {
            return false;
        }
    }
}
