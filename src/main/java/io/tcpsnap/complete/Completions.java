package io.tcpsnap.complete;

import io.tcpsnap.complete.Item.Group;
import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.duckdb.SqlFunction;
import io.tcpsnap.sql.SqlKeywords;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may stand at a place of SQL, by what stands around it. */
public final class Completions {
    private static final List<String> START =
            words("select from with describe show summarize explain create drop insert update delete copy set "
                    + "reset pivot unpivot values");
    private static final List<String> BEHIND_RELATION = List.of(
            "where",
            "join",
            "left join",
            "asof join",
            "cross join",
            "on",
            "using",
            "group by",
            "order by",
            "limit",
            "having",
            "qualify",
            "select",
            "union all",
            "as",
            "tablesample");
    /** Keywords that stand nowhere in a question. */
    private static final Set<String> COMMANDS = Set.copyOf(
            words("create drop insert update delete copy set reset pivot unpivot describe show summarize explain "
                    + "analyze into macro view table variable to"));

    private static final Set<String> NAMES_RELATION =
            Set.of("from", "join", "into", "update", "describe", "summarize", "table", "view");
    private static final Set<String> CLAUSES = Set.of(
            "select", "from", "join", "on", "using", "where", "group", "having", "order", "limit", "offset", "qualify",
            "window", "set", "values");
    private static final Set<String> NUMBERS =
            Set.of("UTINYINT", "USMALLINT", "UINTEGER", "INTEGER", "UBIGINT", "BIGINT");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** The end of a sentence; the stop of an abbreviation does not end it. */
    private static final Pattern STOP = Pattern.compile("\\.(?: (?=[A-Z])|$)");

    private final Names names;

    public Completions(Names names) {
        this.names = names;
    }

    /**
     * What may stand at a place, the likeliest first: not only what begins as what is typed there.
     *
     * @param text one statement or more, whole or not
     */
    public List<Item> at(String text, int cursor) {
        Words words = Words.of(text, cursor);
        if (words.closed()) {
            return List.of();
        }
        List<Block> blocks = Block.around(words.all(), words.at(), names::relation);
        Compared compared = Compared.at(words, blocks);
        if (words.typed() != null && words.typed().kind() == Kind.STRING) {
            return compared == null ? List.of() : values(compared, true);
        }
        Items items = new Items(words.typed());
        if (compared != null) {
            values(compared, false).forEach(items::add);
        }
        Word before = words.before(1);
        if (before == null) {
            keywords(START, words, items);
        } else if (before.is(".")) {
            qualified(words.before(2), blocks, items);
        } else if (before.isAnyOf(NAMES_RELATION)
                || before.is("desc") && words.at() == 1
                || before.is(",") && clause(words).equals("from")) {
            relations(blocks, words, items);
        } else if (words.at() == 1 && (before.is("set") || before.is("reset") || before.is("pragma"))) {
            names.settings().forEach(setting -> items.add(new Item(setting.name(), Group.SETTINGS, setting.doc())));
        } else if (!before.is("as")) {
            boolean listed = clause(words).equals("from") && !before.is("(");
            if (listed) {
                keywords(BEHIND_RELATION, words, items);
            } else {
                expression(blocks, words, items);
            }
        }
        return items.all;
    }

    /** What has in its name what is typed, without the cost of describing what has not. */
    private static final class Items {
        private final List<Item> all = new ArrayList<>();
        private final String typed;

        Items(Word typed) {
            this.typed = typed == null ? "" : typed.name().toLowerCase(Locale.ROOT);
        }

        boolean fits(String name) {
            return name.toLowerCase(Locale.ROOT).contains(typed);
        }

        void add(Item item) {
            if (fits(item.text())) {
                all.add(item);
            }
        }

        void add(Relation relation) {
            if (fits(relation.name())) {
                String doc = relation.doc().isEmpty() ? null : sentence(relation.doc());
                all.add(new Item(quoted(relation.name()), Group.TABLES, doc));
            }
        }

        void add(Field field) {
            if (fits(field.name())) {
                String kind = field.unit().isEmpty() ? field.type() : field.unit();
                String doc = field.doc().isEmpty() ? kind : kind + ": " + sentence(field.doc());
                all.add(new Item(quoted(field.name()), Group.COLUMNS, doc));
            }
        }

        void add(SqlFunction function) {
            if (fits(function.name())) {
                String doc = function.call() + (function.doc().isEmpty() ? "" : ": " + sentence(function.doc()));
                all.add(new Item(function.name() + "(", Group.FUNCTIONS, doc));
            }
        }
    }

    /** The clause of the query that the place is in, in lower case; empty for none. */
    private static String clause(Words words) {
        int depth = words.depth();
        for (int i = words.at() - 1; i >= 0 && words.all().get(i).depth() >= depth; i--) {
            Word word = words.all().get(i);
            if (word.depth() == depth && word.isAnyOf(CLAUSES)) {
                String clause = word.text().toLowerCase(Locale.ROOT);
                return clause.equals("join") ? "from" : clause;
            }
        }
        return "";
    }

    private void qualified(Word qualifier, List<Block> blocks, Items items) {
        if (qualifier == null || !qualifier.isName()) {
            return;
        }
        String name = qualifier.name().toLowerCase(Locale.ROOT);
        for (Block block : blocks) {
            Relation relation = block.relations().get(name);
            if (relation != null) {
                relation.fields().forEach(items::add);
                return;
            }
        }
        Relation known = names.relation(name);
        if (known == null) {
            names.relations().forEach(items::add);
        } else {
            known.fields().forEach(items::add);
        }
    }

    private void relations(List<Block> blocks, Words words, Items items) {
        blocks.forEach(block -> block.ctes().forEach(items::add));
        names.relations().forEach(items::add);
        if (words.typed() != null) {
            names.functions().stream()
                    .filter(function -> function.name().startsWith("read_"))
                    .forEach(items::add);
        }
    }

    private void expression(List<Block> blocks, Words words, Items items) {
        Set<String> seen = new HashSet<>();
        List<Map<String, Relation>> scopes =
                blocks.stream().map(Block::relations).toList();
        for (Map<String, Relation> scope : scopes) {
            for (Relation relation : scope.values()) {
                relation.fields().stream()
                        .filter(field -> seen.add(field.name()))
                        .forEach(items::add);
            }
        }
        boolean typing = words.typed() != null;
        if (seen.isEmpty() && typing) { // before FROM is typed, a column may be of any table
            for (Relation relation : names.relations()) {
                relation.fields().stream()
                        .filter(field -> seen.add(field.name()))
                        .forEach(items::add);
            }
        }
        scopes.forEach(scope -> scope.forEach((alias, relation) -> {
            if (!alias.isEmpty()) {
                items.add(new Item(alias, Group.TABLES, relation.doc().isEmpty() ? null : sentence(relation.doc())));
            }
        }));
        if (typing) {
            Set<String> called = new HashSet<>();
            names.functions().stream()
                    .filter(function -> called.add(function.name()))
                    .forEach(items::add);
        }
        keywords(
                SqlKeywords.ALL.stream()
                        .filter(keyword -> !COMMANDS.contains(keyword))
                        .sorted()
                        .toList(),
                words,
                items);
    }

    private static void keywords(List<String> keywords, Words words, Items items) {
        Word typed = words.typed();
        boolean upper = typed != null && Character.isUpperCase(typed.text().charAt(0));
        keywords.forEach(keyword ->
                items.add(new Item(upper ? keyword.toUpperCase(Locale.ROOT) : keyword, Group.KEYWORDS, null)));
    }

    private List<Item> values(Compared compared, boolean inString) {
        boolean number = NUMBERS.contains(compared.field().type());
        if (number && inString) {
            return List.of();
        }
        return names.values(compared.relation(), compared.field()).stream()
                .map(value -> number ? value : "'" + value.replace("'", "''") + "'")
                .map(value -> new Item(value, Group.VALUES, null))
                .toList();
    }

    private static String quoted(String name) {
        boolean plain = PLAIN.matcher(name).matches() && !SqlKeywords.ALL.contains(name);
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /** The first sentence, without its stop. */
    private static String sentence(String doc) {
        Matcher stop = STOP.matcher(doc);
        return stop.find() ? doc.substring(0, stop.start()) : doc;
    }
}
