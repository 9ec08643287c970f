package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Segments opened together, of one or several hosts.
 *
 * @param segments in order of time, numbered from 0
 */
public record ArchiveSet(List<Segment> segments) {
    private static final List<String> SUFFIXES = List.of(".tar.zst", ".tar.gz", ".tgz", ".tar");

    /**
     * Opens files, folders of segments, extracted folders, and globs where no file has that name. Inside a folder, empty
     * files are passed over: a recorder that has just begun.
     *
     * @throws CorruptArchiveException where one of them is no archive, is empty, or has a newer format; the message names
     *     it and says what to do
     * @throws NoSuchFileException where one does not exist, or a glob matches nothing
     */
    public static ArchiveSet open(List<String> paths) throws IOException {
        Set<Path> found = new LinkedHashSet<>();
        for (String path : paths) {
            try {
                expand(path, found);
            } catch (InvalidPathException | PatternSyntaxException e) {
                throw new NoSuchFileException(path);
            }
        }
        Set<Path> opened = new HashSet<>();
        List<Segment> segments = new ArrayList<>();
        for (Path path : found) {
            if (!opened.add(path.toRealPath())) {
                continue; // named twice: its ticks must not count twice
            }
            segments.add(Files.isDirectory(path) ? FolderSegment.open(path) : FileSegment.open(path));
        }
        segments.sort(Comparator.comparing(Segment::firstTick).thenComparing(Segment::path));
        List<Segment> numbered = new ArrayList<>();
        for (Segment segment : segments) {
            numbered.add(segment.numbered(numbered.size()));
        }
        return new ArchiveSet(List.copyOf(numbered));
    }

    private static void expand(String path, Set<Path> found) throws IOException {
        Path literal = Path.of(path);
        if (Files.exists(literal)) {
            found.addAll(Files.isDirectory(literal) ? inFolder(literal) : List.of(literal));
            return;
        }
        Path folder = literal.getParent() == null ? Path.of("") : literal.getParent();
        List<Path> matches = new ArrayList<>();
        if (Files.isDirectory(folder) && literal.getFileName() != null) {
            try (DirectoryStream<Path> glob =
                    Files.newDirectoryStream(folder, literal.getFileName().toString())) {
                for (Path match : glob) {
                    if (!match.getFileName().toString().startsWith(".")) { // as a shell does
                        matches.add(match);
                    }
                }
            }
        }
        if (matches.isEmpty()) {
            throw new NoSuchFileException(path);
        }
        matches.sort(Comparator.naturalOrder());
        for (Path match : matches) {
            found.addAll(Files.isDirectory(match) ? inFolder(match) : List.of(match));
        }
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        if (FolderSegment.isOne(folder)) {
            return List.of(folder);
        }
        List<Path> segments = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                boolean segment = Files.isDirectory(child)
                        ? FolderSegment.isOne(child)
                        : SUFFIXES.stream().anyMatch(name::endsWith) && Files.size(child) > 0;
                if (segment) {
                    segments.add(child);
                }
            }
        }
        if (segments.isEmpty()) {
            throw new CorruptArchiveException(
                    folder,
                    "holds no archive: neither *.tar.zst, *.tar.gz, *.tgz or *.tar, nor an extracted "
                            + Manifest.ENTRY);
        }
        segments.sort(Comparator.naturalOrder());
        return segments;
    }
}
