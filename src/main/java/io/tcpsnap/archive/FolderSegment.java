package io.tcpsnap.archive;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An extracted archive: a folder with {@code tcpsnap.json} and tick folders. A frame is a run of ticks. */
final class FolderSegment implements Segment {
    private static final int RUN = 60;

    private final Path path;
    private final int index;
    private final Manifest manifest;
    private final List<Path> ticks;

    private FolderSegment(Path path, int index, Manifest manifest, List<Path> ticks) {
        this.path = path;
        this.index = index;
        this.manifest = manifest;
        this.ticks = ticks;
    }

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(Manifest.ENTRY));
    }

    static FolderSegment open(Path folder) throws IOException {
        Path file = folder.resolve(Manifest.ENTRY);
        if (Files.size(file) > Manifest.MAX_BYTES) {
            throw new CorruptArchiveException(file, "is too large for what it should be");
        }
        byte[] json = Files.readAllBytes(file);
        Manifest manifest;
        try {
            manifest = Manifest.parse(json, json.length);
        } catch (IOException e) {
            throw new CorruptArchiveException(file, e.getMessage());
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> ticks = children.filter(
                            child -> TickName.matches(child.getFileName().toString()) && Files.isDirectory(child))
                    .sorted()
                    .toList();
            return new FolderSegment(folder, 0, manifest, ticks);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public FolderSegment numbered(int number) {
        return new FolderSegment(path, number, manifest, ticks);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public String firstTick() {
        return ticks.isEmpty() ? "" : ticks.get(0).getFileName().toString();
    }

    @Override
    public String firstTickOf(Frame frame) {
        return frame.length() == 0
                ? ""
                : ticks.get((int) frame.offset()).getFileName().toString();
    }

    /** Offset and length of a frame count ticks here. */
    @Override
    public List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (int at = 0; at < ticks.size(); at += RUN) {
            frames.add(new Frame(at, Math.min(RUN, ticks.size() - at)));
        }
        return frames.isEmpty() ? List.of(new Frame(0, 0)) : frames;
    }

    @Override
    public long size() {
        try (Stream<Path> tree = Files.walk(path)) {
            return tree.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    @Override
    public boolean closed() {
        return true;
    }

    @Override
    public TickReader read(Frame frame, Consumer<Damage> damage) {
        Iterator<Path> run = ticks.subList((int) frame.offset(), (int) (frame.offset() + frame.length()))
                .iterator();
        TickBuilder builder = new TickBuilder();
        return new TickReader() {
            @Override
            public Tick next() {
                while (run.hasNext()) {
                    Path tick = run.next();
                    try {
                        return tick(tick, builder);
                    } catch (IOException e) {
                        damage.accept(new Damage(path, 0, tick.getFileName().toString(), e.getMessage()));
                    }
                }
                return null;
            }

            @Override
            public void close() {}
        };
    }

    private Tick tick(Path folder, TickBuilder builder) throws IOException {
        builder.begin(folder.getFileName().toString());
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            if (builder.hasRoom(name, Files.size(file))) {
                byte[] bytes = Files.readAllBytes(file);
                builder.add(name, bytes, bytes.length);
            }
        }
        return builder.commit(manifest, index);
    }
}
