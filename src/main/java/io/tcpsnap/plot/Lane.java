package io.tcpsnap.plot;

import java.util.List;

/** A part of a picture with the time axis that it shares with the others. */
public interface Lane {
    /** Names what is shown, on the left of the first line; further lines have their own labels. */
    List<Row> draw(TimeAxis axis, Glyphs glyphs);

    /** The moments at which this lane has a sample, microseconds. */
    long[] times();

    /**
     * A line of a lane.
     *
     * @param label stands in front of it
     * @param text as wide as the axis
     */
    record Row(String label, String text) {}
}
