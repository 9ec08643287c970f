package io.tcpsnap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every released version of the format is read for good. {@code archive/v1} was written once by the writer of that version
 * and is never made anew: a change that needs a new file is a new version of the format.
 */
class FormatVersionTest {
    private static final Path V1 = Path.of("src/test/resources/archive/v1");

    @Test
    void version1IsReadInFull() throws IOException {
        assertThat(text(V1.resolve("lab-20261118T110640Z.tar.zst")))
                .isEqualTo(Files.readString(V1.resolve("expected.txt")));
    }

    /** All that a reader can see of a segment. */
    static String text(Path file) throws IOException {
        List<Damage> damage = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Segment segment : ArchiveSet.open(List.of(file.toString())).segments()) {
            text.append(segment.manifest())
                    .append("\nclosed ")
                    .append(segment.closed())
                    .append('\n');
            for (Frame frame : segment.frames()) {
                text.append(frame).append('\n');
                try (TickReader reader = segment.read(frame, damage::add)) {
                    for (Tick tick = reader.next(); tick != null; tick = reader.next()) {
                        text.append("== ")
                                .append(tick.name())
                                .append('\n')
                                .append(tick.record())
                                .append('\n');
                        for (Entry entry : tick.entries()) {
                            String content = new String(entry.bytes(), 0, entry.length(), StandardCharsets.ISO_8859_1);
                            text.append("-- ")
                                    .append(entry.path())
                                    .append('\n')
                                    .append(content)
                                    .append('\n');
                        }
                    }
                }
            }
        }
        damage.forEach(place -> text.append(place).append('\n'));
        return text.toString();
    }
}
