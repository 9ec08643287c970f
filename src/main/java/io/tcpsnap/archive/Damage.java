package io.tcpsnap.archive;

import java.nio.file.Path;

/**
 * A place of an archive that is not sound.
 *
 * @param file the segment
 * @param offset offset in the file of the frame concerned, for a folder 0
 * @param tick name of the tick concerned, null where it is not one tick
 * @param reason what is wrong and what it costs, one sentence
 */
public record Damage(Path file, long offset, String tick, String reason) {
    public Damage {
        reason = Printable.of(reason);
    }

    @Override
    public String toString() {
        return Printable.of(
                file + ": frame at byte " + offset + (tick == null ? "" : ", tick " + tick) + ": " + reason);
    }
}
