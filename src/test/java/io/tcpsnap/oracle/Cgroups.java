package io.tcpsnap.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Paths of the control groups of this machine by id, which is the inode of their folder. */
final class Cgroups {
    private final Map<Long, String> paths = new HashMap<>();

    private Cgroups() {}

    /** Source: iproute2 lib/fs.c cg_id_to_path(), which looks below the first cgroup2 mount. */
    static Cgroups ofThisMachine() throws IOException {
        Cgroups cgroups = new Cgroups();
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String[] words = line.split(" ", -1);
            if (words[2].equals("cgroup2")) {
                cgroups.walk(Path.of(words[1]));
                break;
            }
        }
        return cgroups;
    }

    private void walk(Path mount) throws IOException {
        try (Stream<Path> folders = Files.walk(mount)) {
            folders.filter(Files::isDirectory).forEach(folder -> {
                try {
                    paths.put((Long) Files.getAttribute(folder, "unix:ino"), "/" + mount.relativize(folder));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** As ss prints it: the path, or where there is none the id. */
    String path(long id) {
        String path = paths.get(id);
        return path != null ? path : "unreachable:" + Long.toHexString(id);
    }
}
