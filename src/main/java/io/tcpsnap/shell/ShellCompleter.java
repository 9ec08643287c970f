package io.tcpsnap.shell;

import io.tcpsnap.complete.Completions;
import io.tcpsnap.complete.Item;
import io.tcpsnap.complete.Names;
import io.tcpsnap.duckdb.Query;
import io.tcpsnap.duckdb.QueryLibrary;
import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.output.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jline.builtins.Completers;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes SQL, dot commands and their arguments, from what is known: it asks no database. */
final class ShellCompleter implements Completer {
    private final Names names;
    private final Completions sql;
    private final DotCommands commands;

    ShellCompleter(Names names, DotCommands commands) {
        this.names = names;
        this.sql = new Completions(names);
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        names.await();
        if (DotCommands.isCommand(line.line())) {
            command(reader, line, candidates);
            return;
        }
        List<Item> items = sql.at(line.line(), line.cursor());
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (!Visible.line(item.text()).equals(item.text())) {
                continue; // what cannot be shown, a terminal might obey
            }
            String group = item.group().toString().toLowerCase(Locale.ROOT);
            boolean whole = !item.text().endsWith("(");
            candidates.add(new Candidate(item.text(), item.text(), group, item.doc(), null, null, whole, i));
        }
    }

    private void command(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line.wordIndex() == 0) {
            commands.all().forEach(c -> candidates.add(candidate(c.name(), "commands", c.help())));
            return;
        }
        DotCommand command = commands.find(line.words().get(0));
        if (command == null) {
            return;
        }
        switch (command.completes()) {
            case TABLE ->
                names.relations().forEach(relation -> candidates.add(candidate(relation.name(), "tables", null)));
            case COLUMN -> columns(candidates);
            case COMMAND -> commands.all().forEach(c -> candidates.add(candidate(c.name(), "commands", c.help())));
            case FILE -> new Completers.FileNameCompleter().complete(reader, line, candidates);
            case QUERY -> query(line, candidates);
            case CONNECTION -> connection(line, command, candidates);
            case WORD -> command.words().forEach(word -> candidates.add(candidate(word, "", null)));
            case NOTHING -> {}
        }
    }

    /** A kind of number, or the address of a peer that loaded tables have. */
    private void connection(ParsedLine line, DotCommand command, List<Candidate> candidates) {
        if (line.wordIndex() > 1) {
            return;
        }
        command.words().forEach(word -> candidates.add(candidate(word, "", null)));
        Relation tcp = names.relation("tcp");
        tcp.fields().stream()
                .filter(field -> field.name().equals("remote_addr"))
                .flatMap(field -> names.values(tcp.name(), field).stream())
                .filter(address -> Visible.line(address).equals(address))
                .forEach(address -> candidates.add(candidate(address, "addresses", null)));
    }

    private void columns(List<Candidate> candidates) {
        names.relations().stream()
                .flatMap(relation -> relation.fields().stream())
                .map(field -> candidate(field.name(), "columns", null))
                .distinct()
                .forEach(candidates::add);
    }

    private static void query(ParsedLine line, List<Candidate> candidates) {
        try {
            QueryLibrary library = QueryLibrary.installed();
            if (line.wordIndex() == 1) {
                library.queries()
                        .forEach(query -> candidates.add(candidate(query.name(), "queries", query.question())));
            } else {
                library.find(line.words().get(1)).ifPresent(query -> parameters(query, candidates));
            }
        } catch (IOException e) {
            // .queries says what is wrong with the library
        }
    }

    private static void parameters(Query query, List<Candidate> candidates) {
        for (Query.Parameter parameter : query.parameters()) {
            String text = parameter.name() + "=";
            candidates.add(new Candidate(
                    text, text, "parameters", parameter.value() + ": " + parameter.doc(), null, null, false));
        }
    }

    private static Candidate candidate(String value, String group, String doc) {
        return new Candidate(value, value, group, doc, null, null, true);
    }
}
