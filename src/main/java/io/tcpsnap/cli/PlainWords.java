package io.tcpsnap.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Reads {@code query ARCHIVE... -c SQL --format csv}, each option written out and its value in a word of its own, and
 * {@code shell ARCHIVE...} without the parser, whose start takes as long as that of DuckDB. Whatever is not so plain, and each
 * mistake, is left to the parser.
 */
final class PlainWords {
    /** Something that the parser has to say. */
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final Set<String> QUESTIONS = Set.of("-c", "-f", "-n");
    private static final Set<String> WITH_VALUE = Set.of("--format");
    private static final Set<String> FLAGS = Set.of("--no-cache", "--unsafe");

    private PlainWords() {}

    /** The command that they say, null where they are not plain. */
    static Callable<Integer> read(String... args) {
        List<String> words = Arrays.asList(args);
        return switch (args.length == 0 ? "" : args[0]) {
            case "query" -> query(words.listIterator(1));
            case "shell" -> shell(words.subList(1, args.length));
            default -> null;
        };
    }

    /** Without options only. */
    private static ShellCommand shell(List<String> archives) {
        return archives.stream().allMatch(PlainWords::isPlain) ? new ShellCommand(archives) : null;
    }

    private static QueryCommand query(Iterator<String> words) {
        List<String> archives = new ArrayList<>();
        List<QueryCommand.Question> questions = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        while (words.hasNext()) {
            String word = words.next();
            boolean question = QUESTIONS.contains(word);
            String value = question || WITH_VALUE.contains(word) ? words.hasNext() ? words.next() : "" : word;
            if (question && isPlain(value)) {
                questions.add(new QueryCommand.Question(word, value));
            } else if (FLAGS.contains(word) || WITH_VALUE.contains(word) && isPlain(value)) {
                if (options.put(word, value) != null) {
                    return null;
                }
            } else if (!question && isPlain(word)) {
                archives.add(word);
            } else {
                return null;
            }
        }
        return archives.isEmpty() ? null : new QueryCommand(archives, questions, options);
    }

    /** The parser may take others for options or quotes, and reads words out of a file for {@code @FILE}. */
    private static boolean isPlain(String word) {
        return !word.isEmpty() && !word.startsWith("-") && !word.startsWith("@") && !word.startsWith("\"");
    }
}
