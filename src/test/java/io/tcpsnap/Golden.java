package io.tcpsnap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected text in files; {@code mvn verify -Dgolden=update} accepts what there is. */
public final class Golden {
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    private Golden() {}

    /** Compares with a whole file. */
    public static void check(Path file, String actual) throws IOException {
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(file).as("missing: 'mvn verify -Dgolden=update' writes it").exists();
        assertThat(actual)
                .as("%s differs: 'mvn verify -Dgolden=update' accepts the new text", file)
                .isEqualTo(Files.readString(file));
    }

    /** Compares with the part of a file between {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}. */
    public static void checkRegion(Path file, String name, String actual) throws IOException {
        String text = Files.readString(file);
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertThat(to).as("%s has no region %s", file, name).isGreaterThanOrEqualTo(from);
        if (UPDATE) {
            Files.writeString(file, text.substring(0, from) + actual + text.substring(to));
            return;
        }
        assertThat(actual)
                .as("region %s of %s differs: 'mvn verify -Dgolden=update' accepts the new text", name, file)
                .isEqualTo(text.substring(from, to));
    }
}
