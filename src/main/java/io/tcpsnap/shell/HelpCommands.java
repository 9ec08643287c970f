package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.duckdb.SqlFunction;
import io.tcpsnap.duckdb.Vocabulary;
import io.tcpsnap.shell.DotCommand.Completes;
import io.tcpsnap.sql.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The dot commands that explain: commands, keys, and what names of SQL mean. */
final class HelpCommands {
    private static final String KEYS = "keys";

    private final Session session;
    private final Supplier<List<DotCommand>> commands;
    private Vocabulary vocabulary;

    HelpCommands(Session session, Supplier<List<DotCommand>> commands) {
        this.session = session;
        this.commands = commands;
    }

    List<DotCommand> all() {
        return List.of(
                DotCommand.of(
                        ".help",
                        "[NAME|keys]",
                        "List the commands; explain one, a key, or a name of SQL.",
                        Completes.COMMAND,
                        this::help),
                DotCommand.of(
                        ".doc",
                        "NAME",
                        "Say what a column, table, view or function means.",
                        Completes.COLUMN,
                        this::doc));
    }

    private void help(String name) throws IOException, SQLException {
        if (name.isEmpty()) {
            list();
            return;
        }
        DotCommand command = commands.get().stream()
                .filter(c -> c.name().equals(name) || c.name().equals("." + name))
                .findFirst()
                .orElse(null);
        if (command != null) {
            String call = (command.name() + " " + command.arguments()).strip();
            session.display()
                    .text(call + "\n" + command.help() + "\n" + sections().getOrDefault(command.name(), ""));
        } else if (name.equals(KEYS)) {
            session.display().text(sections().get(KEYS));
        } else {
            doc(name);
        }
    }

    private void list() throws IOException {
        int width = commands.get().stream()
                .mapToInt(c -> c.name().length() + c.arguments().length() + 1)
                .max()
                .orElse(0);
        for (DotCommand command : commands.get()) {
            String call = command.name() + " " + command.arguments();
            session.out().println(call + " ".repeat(width - call.length()) + "  " + command.help());
        }
        session.out()
                .println("SQL ends with a semicolon. Ctrl-C cancels, Tab completes, Ctrl-R searches the history;"
                        + " .help keys lists more.");
    }

    /** What there is to say of commands beyond their line, by name, and of the keys. */
    static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        try (InputStream in = HelpCommands.class.getResourceAsStream("help.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String section : text.split("(?m)^# ", -1)) {
                int end = section.indexOf('\n');
                if (end > 0) {
                    sections.put(
                            section.substring(0, end),
                            section.substring(end + 1).strip() + "\n");
                }
            }
        }
        return sections;
    }

    private void doc(String name) throws IOException, SQLException {
        if (name.isEmpty()) {
            throw new SQLException("say which name: .doc rtt");
        }
        String wanted = name.toLowerCase(Locale.ROOT).replaceFirst("\\(.*", "");
        List<Relation> relations = relations();
        Page page = new Page(session.display().style().width());
        relations.stream()
                .filter(relation -> relation.name().toLowerCase(Locale.ROOT).equals(wanted))
                .forEach(relation -> page.part(relation.name(), of(relation)));
        columns(relations, wanted).forEach((field, where) -> field(page, field, where));
        vocabulary.functions().stream()
                .filter(function -> function.name().equals(wanted))
                .forEach(function -> function(page, function));
        if (page.toString().isEmpty()) {
            throw new SQLException(
                    "nothing is called '" + name + "': did you mean " + nearest(relations, wanted) + "?");
        }
        session.display().text(page.toString());
    }

    private static String of(Relation relation) {
        return relation.doc() + (relation.doc().isEmpty() ? "" : " ") + "Columns: "
                + relation.fields().stream().map(Field::name).collect(Collectors.joining(", ")) + ".";
    }

    /** The relations that have a column, by its meaning. */
    private static Map<Field, List<String>> columns(List<Relation> relations, String name) {
        Map<Field, List<String>> found = new LinkedHashMap<>();
        for (Relation relation : relations) {
            for (Field field : relation.fields()) {
                if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
                    found.computeIfAbsent(field, first -> new ArrayList<>()).add(relation.name());
                }
            }
        }
        return found;
    }

    private static void field(Page page, Field field, List<String> where) {
        String unit = field.unit().isEmpty() ? "" : ", " + field.unit();
        page.line(field.name() + "  " + field.type() + unit + "  of " + String.join(", ", where));
        page.part("", field.doc())
                .part("values", String.join(", ", field.labels()))
                .part("NULL", String.join("; ", field.nulls()))
                .part("kernel", field.kernel())
                .part("since", field.since());
    }

    private static void function(Page page, SqlFunction function) {
        page.line(function.call()).part("", function.doc());
        function.examples().forEach(example -> page.part("example", example));
    }

    private List<Relation> relations() throws SQLException {
        if (vocabulary == null) {
            vocabulary = Vocabulary.read();
        }
        List<Relation> all = new ArrayList<>(vocabulary.relations());
        try (Connection other = session.database().another()) {
            all.addAll(session.database().ownRelations(other));
        }
        return all;
    }

    private String nearest(List<Relation> relations, String name) {
        return Stream.of(
                        relations.stream().map(Relation::name),
                        relations.stream()
                                .flatMap(relation -> relation.fields().stream().map(Field::name)),
                        vocabulary.functions().stream().map(SqlFunction::name))
                .flatMap(names -> names)
                .min(Comparator.comparingInt(known -> EditDistance.of(known, name)))
                .orElseThrow();
    }
}
