package io.tcpsnap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Waits for a recorder to write. */
final class Growth {
    private Growth() {}

    /** Returns once the archive in the folder has become larger so many times. */
    static void await(Path folder, int times, Process recorder) throws Exception {
        long size = size(folder);
        for (int seen = 0; seen < times; ) {
            long now = size(folder);
            seen += now > size ? 1 : 0;
            size = now;
            if (!recorder.isAlive()) {
                throw new AssertionError("the recorder ended with " + recorder.exitValue());
            }
            Thread.sleep(2);
        }
    }

    private static long size(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> archives = files.filter(Files::isRegularFile).toList();
            return archives.isEmpty() ? 0 : Files.size(archives.get(0));
        }
    }
}
