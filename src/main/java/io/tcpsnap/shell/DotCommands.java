package io.tcpsnap.shell;

import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.shell.DotCommand.Completes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The commands that begin with a dot. */
final class DotCommands {
    private final Session session;
    private final List<DotCommand> all;

    DotCommands(Session session) {
        this.session = session;
        List<String> modes =
                Arrays.stream(OutputFormat.values()).map(OutputFormat::label).toList();
        this.all = List.of(
                DotCommand.of(".help", "", "List the commands.", Completes.NOTHING, argument -> help()),
                DotCommand.of(
                        ".tables", "", "List the tables, and what a row is.", Completes.NOTHING, argument -> tables()),
                DotCommand.of(".schema", "[TABLE]", "Show tables as SQL.", Completes.TABLE, this::schema),
                DotCommand.of(
                        ".describe",
                        "TABLE",
                        "List the columns of a table, with unit and meaning.",
                        Completes.TABLE,
                        this::describe),
                DotCommand.of(".queries", "", "List the questions of the library.", Completes.NOTHING, a -> queries()),
                DotCommand.of(
                        ".run", "NAME [KEY=VALUE...]", "Run a query of the library.", Completes.NOTHING, this::query),
                DotCommand.of(".open", "ARCHIVE...", "Open other archives.", Completes.FILE, this::open),
                DotCommand.of(".read", "FILE", "Run the statements in a file.", Completes.FILE, this::read),
                DotCommand.choice(".mode", "Choose how results are printed.", modes, this::mode),
                DotCommand.choice(".timing", "Say how long statements take.", List.of("on", "off"), this::timing),
                new DotCommand(".quit", "", "Leave; so does Ctrl-D.", Completes.NOTHING, List.of(), argument -> false),
                new DotCommand(".exit", "", "Leave.", Completes.NOTHING, List.of(), argument -> false));
    }

    static boolean isCommand(String text) {
        return text.stripLeading().startsWith(".");
    }

    List<DotCommand> all() {
        return all;
    }

    /** The command with this name, or null. */
    DotCommand find(String name) {
        return all.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
    }

    /** Runs a line; false where the shell is to end. Throws SQLException for what the user got wrong, too. */
    boolean run(String line) throws SQLException, IOException {
        String text = line.strip().replaceFirst(";$", "");
        String[] words = text.split("\\s+", 2);
        DotCommand command = find(words[0]);
        if (command == null) {
            String nearest = all.stream()
                    .map(DotCommand::name)
                    .min(Comparator.comparingInt(name -> EditDistance.of(name, words[0])))
                    .orElseThrow();
            throw new SQLException("unknown command " + words[0] + ": did you mean " + nearest + "? .help lists all");
        }
        return command.action().run(words.length > 1 ? words[1].strip() : "");
    }

    /** Runs lines of dot commands and SQL; true where all went well, else the first failure is on standard error. */
    boolean runScript(String text, String origin) throws IOException {
        StringBuilder sql = new StringBuilder();
        int line = 1;
        int start = 1;
        try {
            for (String one : text.split("\n", -1)) {
                if (sql.toString().isBlank() && isCommand(one)) {
                    start = line;
                    if (!run(one)) {
                        return true;
                    }
                } else {
                    start = sql.isEmpty() ? line : start;
                    sql.append(one).append('\n');
                    if (SqlScript.parse(sql.toString()).open().isEmpty()) {
                        session.run(SqlScript.parse(sql.toString()));
                        sql.setLength(0);
                    }
                }
                line++;
            }
            session.run(SqlScript.parse(sql.toString()));
            return true;
        } catch (ScriptException e) {
            System.err.println("tcpsnap: " + origin + ":" + (start + e.line() - 1) + ": " + e.getMessage());
        } catch (SQLException e) {
            System.err.println("tcpsnap: " + origin + ":" + start + ": " + e.getMessage());
        }
        return false;
    }

    private void help() {
        int width = all.stream()
                .mapToInt(c -> c.name().length() + c.arguments().length() + 1)
                .max()
                .orElse(0);
        for (DotCommand command : all) {
            String call = command.name() + " " + command.arguments();
            session.out().println(call + " ".repeat(width - call.length()) + "  " + command.help());
        }
        session.out().println("SQL ends with a semicolon. Ctrl-C cancels, Tab completes.");
    }

    private void tables() throws SQLException, IOException {
        session.run(
                "SELECT table_name AS \"table\", comment AS \"a row is\" FROM duckdb_tables() WHERE NOT internal"
                        + " UNION ALL SELECT view_name, regexp_extract(comment, '^[^.]*\\.') FROM duckdb_views() WHERE NOT internal");
    }

    private void schema(String table) throws SQLException, IOException {
        String only = table.isEmpty() ? "" : " AND table_name = " + literal(checked(table));
        OutputFormat before = session.format();
        session.format(OutputFormat.VERTICAL);
        try {
            session.run("SELECT sql FROM (SELECT table_name, sql FROM duckdb_tables() WHERE NOT internal"
                    + " UNION ALL SELECT view_name, sql FROM duckdb_views() WHERE NOT internal) WHERE true" + only);
        } finally {
            session.format(before);
        }
    }

    private void describe(String table) throws SQLException, IOException {
        session.run(
                "SELECT column_name AS \"column\", CASE WHEN data_type LIKE 'ENUM%' THEN 'ENUM' ELSE data_type END AS type,"
                        + " comment AS meaning FROM duckdb_columns() WHERE NOT internal AND table_name = "
                        + literal(checked(table)) + " ORDER BY column_index");
    }

    /** The name of a table that exists. */
    private String checked(String table) throws SQLException {
        if (table.isEmpty()) {
            throw new SQLException("say which table: .tables lists them");
        }
        if (session.database().tables().stream().noneMatch(table::equalsIgnoreCase)) {
            throw new SQLException("no table " + table + ": .tables lists them");
        }
        return table.toLowerCase(java.util.Locale.ROOT);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void queries() throws IOException {
        List<Query> queries = QueryLibrary.installed().queries();
        int width = queries.stream().mapToInt(q -> q.name().length()).max().orElse(0);
        for (Query query : queries) {
            session.out().println(query.name() + " ".repeat(width - query.name().length()) + "  " + query.question());
        }
    }

    private void query(String argument) throws IOException, SQLException {
        String[] words = argument.split("\\s+", -1);
        Query query = QueryLibrary.installed()
                .find(words[0])
                .orElseThrow(() -> new SQLException("no query '" + words[0] + "': .queries lists them"));
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new SQLException("write KEY=VALUE, not '" + word + "'");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        List<String> known =
                query.parameters().stream().map(Query.Parameter::name).toList();
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new SQLException("no parameter '" + key + "': there are " + String.join(", ", known));
            }
        }
        try {
            session.run(query, values);
        } catch (ScriptException e) {
            throw failure(query.name(), e);
        }
    }

    private static SQLException failure(String origin, ScriptException e) {
        String message = origin + ":" + e.line() + ": " + e.getMessage();
        return e.cancelled() ? new SQLTimeoutException(message, e) : new SQLException(message, e);
    }

    private void open(String argument) throws SQLException, IOException {
        if (argument.isEmpty()) {
            throw new SQLException("say which archive: .open FILE");
        }
        try {
            session.database()
                    .openArchives(Arrays.stream(argument.split("\\s+", -1)).collect(Collectors.toList()));
        } catch (NoSuchFileException e) {
            throw new SQLException(e.getFile() + ": no such file or folder", e);
        }
        session.out().println(Banner.of(session.database().archives()));
    }

    private void read(String file) throws SQLException, IOException {
        try {
            session.run(SqlScript.parse(Files.readString(Path.of(file))));
        } catch (NoSuchFileException e) {
            throw new SQLException(file + ": no such file", e);
        } catch (ScriptException e) {
            throw failure(file, e);
        }
    }

    private void mode(String name) throws SQLException {
        OutputFormat format = OutputFormat.of(name);
        if (format == null) {
            throw new SQLException("write .mode " + find(".mode").arguments());
        }
        session.format(format);
    }

    private void timing(String word) throws SQLException {
        if (!word.equals("on") && !word.equals("off")) {
            throw new SQLException("write .timing on or .timing off");
        }
        session.timing(word.equals("on"));
    }
}
