package io.tcpsnap.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One segment: a {@code .tar.zst}, {@code .tar.gz}, {@code .tgz} or {@code .tar} file, or an extracted folder. */
public sealed interface Segment permits FileSegment, FolderSegment {
    Path path();

    /** Number of the segment in the opened set, from 0, in order of time. */
    int index();

    /** The same segment with another number. */
    Segment numbered(int number);

    /** The first manifest. */
    Manifest manifest();

    /** Name of the first tick, empty where there is none; names sort by time. */
    String firstTick();

    /** Name of a frame's first tick, empty where there is none or it cannot be read; unpacks no more than it must. */
    String firstTickOf(Frame frame) throws IOException;

    /** Parts to read, possibly in parallel, in order; at least one. */
    List<Frame> frames();

    /** Size on disk in bytes. */
    long size();

    /** Whether the recorder ended it: a kill leaves a segment without its end, which costs nothing but the last tick. */
    boolean closed();

    /**
     * Opens one of {@link #frames}; {@code damage} hears of what is not sound, on the reading thread. Damage between
     * frames is reported with the first one.
     */
    TickReader read(Frame frame, Consumer<Damage> damage) throws IOException;
}
