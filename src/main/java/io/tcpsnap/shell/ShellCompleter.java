package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.QueryLibrary;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jline.builtins.Completers;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes table names, the columns of the tables that the statement names, keywords, dot commands and their words. */
final class ShellCompleter implements Completer {
    /** A column and the first sentence of its comment. */
    private record Described(String name, String doc) {}

    private final Database database;
    private final DotCommands commands;

    ShellCompleter(Database database, DotCommands commands) {
        this.database = database;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        try {
            if (DotCommands.isCommand(line.line())) {
                command(reader, line, candidates);
            } else {
                sql(line, candidates);
            }
        } catch (SQLException e) {
            // completion is a help: without the catalog there is none
        }
    }

    private void command(LineReader reader, ParsedLine line, List<Candidate> candidates) throws SQLException {
        if (line.wordIndex() == 0) {
            commands.all().forEach(c -> candidates.add(candidate(c.name(), "commands", c.help())));
            return;
        }
        DotCommand command = commands.find(line.words().get(0));
        if (command == null) {
            return;
        }
        switch (command.completes()) {
            case TABLE -> tables().keySet().forEach(name -> candidates.add(candidate(name, "tables", null)));
            case FILE -> new Completers.FileNameCompleter().complete(reader, line, candidates);
            case QUERY -> queries(candidates);
            case WORD -> command.words().forEach(word -> candidates.add(candidate(word, "", null)));
            case NOTHING -> {}
        }
    }

    private static void queries(List<Candidate> candidates) {
        try {
            QueryLibrary.installed()
                    .queries()
                    .forEach(query -> candidates.add(candidate(query.name(), "queries", query.question())));
        } catch (IOException e) {
            // .queries says what is wrong with the library
        }
    }

    private void sql(ParsedLine line, List<Candidate> candidates) throws SQLException {
        String before = line.wordIndex() == 0
                ? ""
                : line.words().get(line.wordIndex() - 1).toLowerCase(Locale.ROOT);
        boolean table = before.equals("from") || before.equals("join") || before.equals("describe");
        Map<String, List<Described>> tables = tables();
        for (String name : tables.keySet()) {
            candidates.add(candidate(name, "tables", null));
        }
        if (table) {
            return;
        }
        List<String> named = line.words().stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(tables::containsKey)
                .toList();
        // before FROM is typed, a column may be of any table
        Set<String> seen = new HashSet<>();
        for (String name : named.isEmpty() ? tables.keySet() : named) {
            for (Described column : tables.get(name)) {
                if (seen.add(column.name())) {
                    candidates.add(candidate(column.name(), "columns", column.doc()));
                }
            }
        }
        String word = line.word();
        boolean upper = !word.isEmpty() && Character.isUpperCase(word.charAt(0));
        SqlKeywords.ALL.stream()
                .sorted()
                .map(keyword -> upper ? keyword.toUpperCase(Locale.ROOT) : keyword)
                .forEach(keyword -> candidates.add(candidate(keyword, "keywords", null)));
    }

    private static Candidate candidate(String value, String group, String doc) {
        return new Candidate(value, value, group, doc, null, null, true);
    }

    private Map<String, List<Described>> tables() throws SQLException {
        Map<String, List<Described>> found = new LinkedHashMap<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_name, column_name, comment FROM duckdb_columns()"
                                + " WHERE database_name = current_database() AND NOT internal ORDER BY table_oid, column_index")) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(new Described(rows.getString(2), sentence(rows.getString(3))));
            }
        }
        return found;
    }

    /** The first sentence; the stop of an abbreviation does not end it. */
    private static String sentence(String comment) {
        return comment == null ? null : comment.split("\\. (?=[A-Z])", 2)[0];
    }
}
