package io.tcpsnap.cli;

import io.tcpsnap.cache.Cache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Whether decoded segments are kept for the next opening, and where. */
final class CacheOption {
    private static final String SIZE = "TCPSNAP_CACHE_SIZE";
    private static final String DEFAULT_SIZE = "10GB";

    @Option(
            names = "--no-cache",
            description =
                    "Decode anew, and keep nothing. Else decoded segments are kept below $XDG_CACHE_HOME/tcpsnap or"
                            + " ~/.cache/tcpsnap, $TCPSNAP_CACHE_SIZE (10GB) of them.")
    private boolean off;

    CacheOption() {}

    CacheOption(boolean off) {
        this.off = off;
    }

    /** Opens the cache; null where there is none, of which one line says why if that is not the user's wish. */
    Cache open() {
        Path folder = off ? null : folder(System.getenv());
        if (folder == null) {
            return null;
        }
        try {
            return Cache.open(folder, Size.bytes(System.getenv().getOrDefault(SIZE, DEFAULT_SIZE)));
        } catch (IllegalArgumentException e) {
            note(SIZE + ": " + e.getMessage());
        } catch (IOException e) {
            note(CommandLines.reason(e));
        }
        return null;
    }

    /** As the XDG Base Directory Specification has it: a path that is not absolute counts as none. */
    private static Path folder(Map<String, String> environment) {
        String cache = environment.get("XDG_CACHE_HOME");
        String home = environment.get("HOME");
        if (cache != null && cache.startsWith("/")) {
            return Path.of(cache, "tcpsnap");
        }
        return home != null && home.startsWith("/") ? Path.of(home, ".cache", "tcpsnap") : null;
    }

    /** Says why nothing is kept. */
    static void note(String reason) {
        System.err.println("tcpsnap: no cache: " + reason);
    }
}
