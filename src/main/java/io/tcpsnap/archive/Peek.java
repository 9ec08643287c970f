package io.tcpsnap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What the beginning of a segment file says.
 *
 * @param manifest the first one
 * @param firstTick name of the first tick, empty where there is none
 */
record Peek(Manifest manifest, String firstTick) {
    /** Opens the content of a frame. */
    @FunctionalInterface
    interface Opener {
        InputStream open(Frame frame) throws IOException;
    }

    /**
     * Reads until the manifest and a tick's name are known; in an archive as recorded that is the first kilobyte, or where
     * its ticks are large the first of its second frame.
     *
     * @throws CorruptArchiveException where no frame has a manifest that we can read
     */
    static Peek at(Path path, List<Frame> frames, Opener opener) throws IOException {
        String reason = "it holds no " + Manifest.ENTRY;
        Peek found = null;
        for (Frame frame : frames) {
            try (TarReader tar = new TarReader(opener.open(frame))) {
                Peek peek = at(tar);
                if (peek != null) {
                    found = found == null ? peek : new Peek(found.manifest, peek.firstTick);
                }
                if (found != null && !found.firstTick.isEmpty()) {
                    return found;
                }
            } catch (Manifest.NewerFormatException e) {
                throw new CorruptArchiveException(path, e.getMessage());
            } catch (IOException e) {
                reason = "the frame at byte " + frame.offset() + " is damaged (" + e.getMessage() + ")";
            }
        }
        if (found != null) {
            return found;
        }
        throw new CorruptArchiveException(path, "is no tcpsnap archive: " + reason);
    }

    /** Name of the first tick in the content of a frame; empty where there is none, or damage in front of it. */
    static String firstTick(InputStream frame) throws IOException {
        try (TarReader tar = new TarReader(frame)) {
            while (tar.next()) {
                EntryName name = EntryName.parse(tar.name());
                if (name != null && name.tick() != null) {
                    return name.tick();
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }

    private static Peek at(TarReader tar) throws IOException {
        Manifest manifest = null;
        String tick = null;
        try {
            while ((manifest == null || tick == null) && tar.next()) {
                EntryName name = EntryName.parse(tar.name());
                if (name != null && name.tick() != null) {
                    tick = tick == null ? name.tick() : tick;
                } else if (name != null && manifest == null) {
                    manifest = manifest(tar);
                }
            }
        } catch (IOException e) {
            if (manifest == null) {
                throw e;
            }
        }
        return manifest == null ? null : new Peek(manifest, tick == null ? "" : tick);
    }

    /** The manifest that the tar reader stands on. */
    static Manifest manifest(TarReader tar) throws IOException {
        if (tar.size() > Manifest.MAX_BYTES) {
            throw new IOException(Manifest.ENTRY + " of " + tar.size() + " bytes: too large");
        }
        byte[] json = tar.content(new byte[0]);
        try {
            return Manifest.parse(json, (int) tar.size());
        } catch (Manifest.NewerFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(Manifest.ENTRY + ": " + e.getMessage(), e);
        }
    }
}
