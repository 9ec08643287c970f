package io.tcpsnap.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Ticks of a tar stream. A tick ends where the next begins or the stream ends, whatever the order of its files. */
final class TarTicks implements TickReader {
    /** Where the stream comes from, for damage. */
    record Origin(Segment segment, Frame frame, Consumer<Damage> damage) {
        /** Whether this is the end of a segment, and no sign told so far that the end is missing. */
        boolean isEnd() {
            List<Frame> frames = segment.frames();
            return segment.closed() && frame.equals(frames.get(frames.size() - 1));
        }

        void report(String tick, String reason) {
            damage.accept(new Damage(segment.path(), frame.offset(), tick, reason));
        }
    }

    private final TarReader tar;
    private final Origin origin;
    private final TickBuilder builder = new TickBuilder();
    private Manifest manifest;
    /** A file of the next tick was met: it is the tar's current one. */
    private boolean pending;

    private boolean ended;

    TarTicks(TarReader tar, Origin origin) {
        this.tar = tar;
        this.origin = origin;
        this.manifest = origin.segment().manifest();
    }

    @Override
    public Tick next() throws IOException {
        while (!ended) {
            boolean begun = gather();
            if (!begun) {
                continue;
            }
            try {
                return builder.commit(manifest, origin.segment().index());
            } catch (IOException e) {
                origin.report(builder.name(), e.getMessage());
            }
        }
        return null;
    }

    /** Reads the files of one tick; false where there was none before the end. */
    private boolean gather() {
        boolean begun = false;
        try {
            while (pending || tar.next()) {
                pending = false;
                EntryName name = EntryName.parse(tar.name());
                if (name == null) {
                    continue;
                }
                if (begun && !builder.name().equals(name.tick())) {
                    pending = true;
                    return true;
                }
                if (name.tick() == null) {
                    manifest = manifest();
                    continue;
                }
                if (!begun) {
                    begun = true;
                    builder.begin(name.tick());
                }
                if (builder.hasRoom(name.path(), tar.size())) {
                    byte[] bytes = tar.content(builder.buffer());
                    builder.add(name.path(), bytes, (int) tar.size());
                }
            }
            ended = true;
            if (origin.isEnd() && !tar.endsWithZeros()) {
                origin.report(
                        null,
                        "ends without the blocks of zeros that end a tar: what followed was cut off, or it is a part of an archive");
            }
        } catch (IOException e) {
            ended = true;
            if (!begun) {
                origin.report(null, e.getMessage() + ": the rest of the frame is lost");
            } else if (!builder.hasMark()) {
                origin.report(
                        builder.name(), "the archive was cut off in it (" + e.getMessage() + "): the tick is lost");
                return false;
            } else {
                origin.report(builder.name(), e.getMessage() + " behind it: the rest of the frame is lost");
            }
        }
        return begun;
    }

    private Manifest manifest() throws IOException {
        try {
            Manifest next = Peek.manifest(tar);
            return next.equals(manifest) ? manifest : next;
        } catch (EOFException | Manifest.NewerFormatException e) {
            throw e;
        } catch (IOException e) {
            origin.report(null, e.getMessage() + ": the one before it stands");
            return manifest;
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
