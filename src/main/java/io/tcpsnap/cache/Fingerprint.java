package io.tcpsnap.cache;

import io.tcpsnap.archive.Segment;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What decoded rows depend on: the file that they come from and the program that decoded them. Names of cached files are made
 * of it, so that what has changed is not found.
 */
public final class Fingerprint {
    /** An unclosed segment that has not grown for so long is one that its recorder left by a kill. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private static final String FACTS = "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile";

    private Fingerprint() {}

    /**
     * Of a segment as it is now; null where it cannot be kept: a folder, whose content has no one place that would show a
     * change, or a file that a recorder still writes.
     */
    public static String of(Segment segment) {
        try {
            Map<String, Object> facts = Files.readAttributes(segment.path(), FACTS);
            boolean whole = (Boolean) facts.get("isRegularFile") && (long) facts.get("size") == segment.size();
            if (!whole || !segment.closed() && isGrowing(segment.path())) {
                return null;
            }
            // ctime shows what a restored mtime hides
            return facts.get("dev") + "-" + facts.get("ino") + "-" + facts.get("size") + "-"
                    + nanos(facts.get("lastModifiedTime")) + "-" + nanos(facts.get("ctime")) + "-"
                    + Long.toHexString(Checksum.of(segment.path()));
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static boolean isGrowing(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toInstant().isAfter(Instant.now().minus(ABANDONED));
    }

    private static String nanos(Object time) {
        Instant instant = ((java.nio.file.attribute.FileTime) time).toInstant();
        return instant.getEpochSecond() + "." + instant.getNano();
    }

    /** Of the program; null where it does not run from its jar, so that nothing tells one build from the next. */
    static String ofProgram() {
        try {
            CodeSource source = Fingerprint.class.getProtectionDomain().getCodeSource();
            Path jar = source == null ? null : Path.of(source.getLocation().toURI());
            return jar == null || !Files.isRegularFile(jar)
                    ? null
                    : Files.size(jar) + "-" + Long.toHexString(Checksum.of(jar));
        } catch (IOException | URISyntaxException e) {
            return null;
        }
    }
}
