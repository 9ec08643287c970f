package io.tcpsnap.cli;

import io.tcpsnap.duckdb.Database;
import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.shell.ClosedPipeException;
import io.tcpsnap.shell.Output;
import io.tcpsnap.shell.ScriptException;
import io.tcpsnap.shell.Session;
import io.tcpsnap.shell.SqlScript;
import io.tcpsnap.shell.Terminals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap query}: SQL in, results out. */
@Command(
        name = "query",
        description = "Answer questions in SQL, or by name from the query library.",
        mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
    /** One -c, -f or -n. */
    static final class Question {
        @Option(names = "-c", paramLabel = "SQL", description = "Run these statements.")
        private String sql;

        @Option(
                names = "-f",
                paramLabel = "FILE",
                description = "Run the statements in a file; - reads standard input.")
        private String file;

        @Option(names = "-n", paramLabel = "NAME", description = "Run a query of the library.")
        private String name;

        Question() {}

        Question(String option, String value) {
            switch (option) {
                case "-c" -> sql = value;
                case "-f" -> file = value;
                default -> name = value;
            }
        }

        void ask(Session session, Map<String, String> parameters) throws SQLException, IOException, ScriptFailure {
            if (sql != null) {
                script(session, SqlScript.parse(sql), "-c");
            } else if (file != null) {
                script(session, SqlScript.parse(text()), file);
            } else {
                library(session, parameters);
            }
        }

        private String text() throws IOException {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        }

        private void library(Session session, Map<String, String> parameters)
                throws SQLException, IOException, ScriptFailure {
            Query query = QueryLibrary.installed().find(name).orElseThrow();
            try {
                session.run(query, parameters);
            } catch (ScriptException e) {
                throw new ScriptFailure(name + ": " + e.getMessage(), e.cancelled());
            }
        }
    }

    /** A script failed; the message says where. */
    private static final class ScriptFailure extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean cancelled;

        ScriptFailure(String message, boolean cancelled) {
            super(message);
            this.cancelled = cancelled;
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (default), vertical, csv, csv-safe (no cell is a formula), tsv, json, jsonl, markdown,"
                    + " html, insert, none.")
    private String format = "table";

    @Option(
            names = "-p",
            paramLabel = "KEY=VALUE",
            description = "Sets a parameter: SQL reads it with getvariable('KEY').")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--unsafe",
            description = "Let SQL read and write other files, load extensions and change every setting.")
    private boolean unsafe;

    @Mixin
    private CacheOption cache;

    @ArgGroup(multiplicity = "0..*")
    private List<Question> questions = new ArrayList<>();

    QueryCommand() {}

    /** One whose words are read already. */
    QueryCommand(List<String> archives, List<Question> questions, Map<String, String> options) {
        this.archives = archives;
        this.questions = questions;
        format = options.getOrDefault("--format", format);
        unsafe = options.containsKey("--unsafe");
        cache = new CacheOption(options.containsKey("--no-cache"));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (RecorderImage.IS_THIS) {
            return RecorderImage.refuse("query");
        }
        OutputFormat output = OutputFormat.of(format);
        if (output == null) {
            throw usage("unknown format '" + format + "': there are " + OutputFormat.labels());
        }
        if (questions.isEmpty()) {
            throw usage("say what to ask: -c SQL, -f FILE or -n NAME");
        }
        checkNames();
        Output out = Output.standard();
        try (Session session = new Session(database(), out, System.err, Terminals::style)) {
            session.format(output);
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                session.set(parameter.getKey(), parameter.getValue());
            }
            for (Question question : questions) {
                question.ask(session, parameters);
            }
            return CommandLines.OK;
        } catch (ClosedPipeException e) {
            return CommandLines.OK;
        } catch (ScriptFailure e) {
            String message = Terminals.isError() ? e.getMessage() : inOneLine(e.getMessage());
            return CommandLines.error(message, e.cancelled ? CommandLines.INTERRUPTED : CommandLines.QUERY_FAILED);
        } finally {
            out.flush();
        }
    }

    private Database database() throws IOException, SQLException {
        Database database = Database.open(archives, cache.open(), CacheOption::note);
        return unsafe ? database : database.lock();
    }

    /** For logs: DuckDB's message without its picture of the statement with a caret, but with the line that it shows. */
    private static String inOneLine(String message) {
        return message.replaceFirst("(?s)\\n+LINE (\\d+):.*", " (line $1 of the statement)")
                .strip()
                .replaceAll("\\s*\\n\\s*", " ");
    }

    private void checkNames() throws IOException {
        List<String> names =
                questions.stream().map(one -> one.name).filter(Objects::nonNull).toList();
        if (names.isEmpty()) {
            return;
        }
        QueryLibrary library = QueryLibrary.installed();
        for (String name : names) {
            Query query = library.find(name)
                    .orElseThrow(() -> usage(library.missing(name) + "; there are "
                            + library.queries().stream().map(Query::name).collect(Collectors.joining(", "))));
            List<String> known =
                    query.parameters().stream().map(Query.Parameter::name).toList();
            for (String key : parameters.keySet()) {
                if (!known.contains(key)) {
                    throw usage("query '" + name + "' has no parameter '" + key + "'"
                            + (known.isEmpty() ? "" : ": there are " + String.join(", ", known)));
                }
            }
        }
    }

    private RuntimeException usage(String message) {
        return spec == null
                ? new PlainWords.Mistake()
                : new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static void script(Session session, SqlScript script, String origin) throws IOException, ScriptFailure {
        try {
            session.run(script);
        } catch (ScriptException e) {
            boolean line = !origin.equals("-c") || script.all().size() > 1;
            String where = line ? origin + ":" + e.line() + ": " : "";
            throw new ScriptFailure(where + e.getMessage(), e.cancelled());
        }
    }
}
