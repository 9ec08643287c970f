package io.tcpsnap.importer;

import io.tcpsnap.archive.TarReader;
import io.tcpsnap.archive.Unpacked;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads inputs: files, folders, tar streams of them, packed or not. Symbolic links in folders and streams are not followed,
 * and names in them are never opened or written.
 */
final class Intake {
    /** What one file may take of the memory, unpacked; as much as a tick may when it is read back. */
    private static final long FILE = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8);
    /** What all copies that cannot be read again, since they were packed, may take together. */
    private static final long HELD = Runtime.getRuntime().maxMemory() / 3;

    private static final int HEAD = 512;
    private static final int DEEPEST = 2;

    /** A file that gave nothing, and why. */
    record Refused(String name, String reason) {}

    private final Consumer<String> warning;
    private final List<Copy> copies = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final Map<String, HostFacts> hosts = new HashMap<>();
    private final Sosreport sos = new Sosreport();
    private long held;

    /** @param warning hears what was left out of files that gave something */
    Intake(Consumer<String> warning) {
        this.warning = warning;
    }

    /** Copies in the order of reading, each with the facts of the innermost folder around it that has some. */
    List<Copy> copies() {
        List<Copy> placed = new ArrayList<>();
        for (Copy copy : copies) {
            HostFacts facts = copy.host();
            String best = null;
            for (String root : hosts.keySet()) {
                boolean inside = !root.startsWith("\0") && copy.place().name().startsWith(root);
                best = inside && (best == null || root.length() > best.length()) ? root : best;
            }
            placed.add(new Copy(copy.place(), copy.found(), copy.order(), best == null ? facts : hosts.get(best)));
        }
        return placed;
    }

    /** Files that gave nothing; those of sosreports are not among them. */
    List<Refused> refused() {
        return refused.stream().filter(file -> !sos.contains(file.name())).toList();
    }

    /** Reads a file, or all files below a folder; what does not exist or cannot be read is refused. */
    void read(Path path) {
        try {
            readAll(path);
        } catch (IOException e) {
            refuse(name(path), e);
        }
    }

    private void readAll(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            readFile(path, Files.readAttributes(path, BasicFileAttributes.class));
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    readFile(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                refuse(name(file), e);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String name(Path file) {
        return file.normalize().toString();
    }

    private void readFile(Path file, BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (!attributes.isRegularFile()) {
            refused.add(new Refused(name(file), "is no regular file"));
        } else if (!sos.skips(name(file)) && !Place.of(name(file), modified).isOurs()) {
            try (InputStream in = Files.newInputStream(file)) {
                read(name(file), modified, in, Content.file(file), 0);
            } catch (IOException e) {
                refuse(name(file), e);
            }
        }
    }

    private void refuse(String name, IOException e) {
        String reason = e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof NoSuchFileException) {
            reason = "no such file or folder";
        }
        refused.add(new Refused(name, reason == null ? e.toString() : reason));
    }

    /** Reads a stream to its end, for instance standard input. */
    void read(String name, Instant modified, InputStream in) {
        try {
            read(name, modified, in, null, 0);
        } catch (IOException e) {
            refuse(name, e);
        }
    }

    /** @param again the content once more; null where it cannot be read again */
    private void read(String name, Instant modified, InputStream in, Content again, int depth) throws IOException {
        BufferedInputStream file = new BufferedInputStream(in, 1 << 16);
        byte[] head = head(file);
        InputStream unpacked = Xz.isOne(head) ? Xz.open(file) : Unpacked.of(file);
        try (BufferedInputStream content = new BufferedInputStream(unpacked, 1 << 16)) {
            byte[] start = head(content);
            if (TarReader.isTar(start) && depth < DEEPEST) {
                members(name, content, depth + 1);
                return;
            }
            boolean same = again != null && Arrays.equals(head, start);
            whole(name, modified, limited(content), same ? again : null);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static byte[] limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, FILE + 1));
        if (bytes.length > FILE) {
            throw new IOException("larger than " + FILE + " bytes, an eighth of the memory: give Java more (-Xmx)");
        }
        return bytes;
    }

    private void members(String name, InputStream in, int depth) throws IOException {
        TarReader tar = new TarReader(in);
        while (tar.next()) {
            String member = name + "/" + tar.name().replaceFirst("^(?:\\./|/)+", "");
            Instant modified = Instant.ofEpochSecond(tar.modified());
            if (sos.skips(member) || Place.of(member, modified).isOurs()) {
                continue;
            }
            if (tar.size() > FILE) {
                refused.add(new Refused(member, "of " + tar.size() + " bytes: too large"));
                continue;
            }
            byte[] bytes = Arrays.copyOf(tar.content(new byte[0]), (int) tar.size());
            try {
                read(member, modified, new ByteArrayInputStream(bytes), null, depth);
            } catch (IOException e) {
                refuse(member, e);
            }
        }
    }

    private void whole(String name, Instant modified, byte[] bytes, Content again) throws IOException {
        String root = HostFacts.root(name);
        if (root != null && bytes.length <= HostFacts.LONGEST) {
            hosts.computeIfAbsent(root, folder -> new HostFacts()).take(name, bytes);
            return;
        }
        if (bytes.length == 0) {
            refused.add(new Refused(name, "empty"));
            return;
        }
        Place place = Place.of(name, modified);
        Content content = again == null ? Content.held(bytes) : again;
        Recognition known = Recognition.of(place, bytes, content, text -> warning.accept(name + ": " + text));
        if (known == null) {
            refused.add(new Refused(
                    name,
                    bytes[0] == 'B' && name.endsWith(".bz2")
                            ? "packed with bzip2: unpack it before"
                            : "not recognised"));
            return;
        }
        hold(again == null || known.order() != null ? bytes.length : 0);
        HostFacts host = hosts.computeIfAbsent("\0" + known.host(), key -> new HostFacts());
        host.setHost(known.host());
        known.copies().forEach(found -> copies.add(new Copy(place, found, known.order(), host)));
    }

    private void hold(int length) throws IOException {
        held += length;
        if (held > HELD) {
            throw new IOException("what was unpacked so far takes a third of the memory: give Java more (-Xmx)");
        }
    }
}
