package io.tcpsnap.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The questions that come with the program, and those that users keep beside their own configuration. */
public final class QueryLibrary {
    private final List<Query> queries;
    private final List<String> broken;

    private QueryLibrary(List<Query> queries, List<String> broken) {
        this.queries = queries;
        this.broken = broken;
    }

    /**
     * Reads {@code queries/} of the installation, then the user's {@code tcpsnap/queries} under the XDG configuration
     * directory. Folders that do not exist count as empty.
     *
     * @throws IOException where a folder or a file cannot be read
     */
    public static QueryLibrary installed() throws IOException {
        return load(Stream.of(home().resolve("queries"), configuration().resolve("tcpsnap/queries"))
                .filter(Files::isDirectory)
                .toList());
    }

    /** Reads every {@code .sql} file below the folders; those with a wrong header do not hide the others. */
    public static QueryLibrary load(List<Path> folders) throws IOException {
        List<Query> queries = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        for (Path folder : folders) {
            List<Path> files;
            try (Stream<Path> tree = Files.walk(folder)) {
                files = tree.filter(file -> file.toString().endsWith(".sql"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                try {
                    queries.add(read(folder, file));
                } catch (IllegalArgumentException e) {
                    broken.add(file + ": " + e.getMessage());
                }
            }
        }
        queries.sort(Comparator.comparing(Query::area).thenComparing(Query::name));
        return new QueryLibrary(List.copyOf(queries), List.copyOf(broken));
    }

    private static Query read(Path folder, Path file) throws IOException {
        Path parent = folder.relativize(file).getParent();
        String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
        return Query.parse(parent == null ? "" : parent.toString(), name, Files.readString(file));
    }

    /** The installation's folder: what the launcher says, else the folder above the program's jar. */
    private static Path home() {
        return Path.of(System.getProperty("tcpsnap.home", "."));
    }

    private static Path configuration() {
        String xdg = System.getenv("XDG_CONFIG_HOME");
        return xdg != null && !xdg.isEmpty() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".config");
    }

    /** All queries, by area and name. */
    public List<Query> queries() {
        return queries;
    }

    /** What is wrong with the headers of files that are left out; each message names its file. */
    public List<String> broken() {
        return broken;
    }

    /** That there is no such query, and why, where its file is {@link #broken}. */
    public String missing(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1) + ".sql: ";
        return broken.stream()
                .filter(message -> message.contains("/" + file))
                .findFirst()
                .orElse("no query '" + name + "'");
    }

    /** The query with this name, with or without its area: {@code stuck-in-probe0}, {@code timers/stuck-in-probe0}. */
    public Optional<Query> find(String name) {
        return queries.stream()
                .filter(query -> query.name().equals(name) || (query.area() + "/" + query.name()).equals(name))
                .findFirst();
    }
}
