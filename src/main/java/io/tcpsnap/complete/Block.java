package io.tcpsnap.complete;

import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** One query: a SELECT or a FROM with what belongs to it, in the words from {@code from} to {@code to}. */
final class Block {
    private static final Set<String> ENDS_FROM = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "select",
            "window",
            "qualify",
            "union",
            "intersect",
            "except",
            "using",
            "on",
            "set",
            "values");
    private static final Set<String> NO_ALIAS = Set.of(
            "join",
            "left",
            "right",
            "full",
            "inner",
            "outer",
            "cross",
            "natural",
            "asof",
            "positional",
            "semi",
            "anti",
            "lateral",
            "tablesample",
            "pivot",
            "unpivot",
            "as",
            "from");
    /** What stands before a query that sees nothing of the one around it. */
    private static final Set<String> BEFORE_OWN = Set.of("from", "join", "as", "materialized");

    private static final Set<String> SETS = Set.of("union", "intersect", "except");

    private final List<Word> words;
    private final int from;
    private final int to;
    private final int depth;
    /** The relation with a name, null where there is none. */
    private final Function<String, Relation> catalog;

    private final Map<String, Relation> ctes = new LinkedHashMap<>();
    /** Whether only what WITH names can be seen from the place: it is in a query that FROM or WITH names. */
    private boolean hidden;

    private Block(List<Word> words, int from, int to, Function<String, Relation> catalog) {
        this.words = words;
        this.from = from;
        this.to = to;
        this.depth = from < words.size() ? words.get(from).depth() : 0;
        this.catalog = name -> {
            Relation cte = ctes.get(name.toLowerCase(Locale.ROOT));
            return cte == null ? catalog.apply(name) : cte;
        };
        readCtes();
    }

    /**
     * The queries around a place, the innermost first.
     *
     * @param at index of the word behind the place
     */
    static List<Block> around(List<Word> words, int at, Function<String, Relation> catalog) {
        List<int[]> groups = new ArrayList<>();
        groups.add(new int[] {0, words.size()});
        for (int i = 0; i < at; i++) {
            if (words.get(i).is("(")) {
                int close = close(words, i);
                if (close >= at) {
                    groups.add(new int[] {i + 1, close});
                }
            }
        }
        List<Block> blocks = new ArrayList<>();
        Function<String, Relation> names = catalog;
        for (int[] group : groups) {
            Block whole = new Block(words, group[0], group[1], names);
            if (group[0] > 1 && words.get(group[0] - 2).isAnyOf(BEFORE_OWN)) {
                blocks.forEach(outer -> outer.hidden = true);
            }
            names = whole.catalog;
            Block part = whole.part(at);
            part.ctes.putAll(whole.ctes);
            if (part.has("select") || part.has("from") || part.has("update")) {
                blocks.add(0, part);
            }
        }
        return blocks;
    }

    /** Index of the parenthesis that closes the one at an index; the number of words where none does. */
    private static int close(List<Word> words, int open) {
        int depth = words.get(open).depth();
        for (int i = open + 1; i < words.size(); i++) {
            if (words.get(i).depth() == depth && words.get(i).is(")")) {
                return i;
            }
        }
        return words.size();
    }

    /** The query of a UNION that has a place. */
    private Block part(int at) {
        int first = from;
        int last = to;
        for (int i = from; i < to; i++) {
            if (words.get(i).depth() == depth && words.get(i).isAnyOf(SETS)) {
                if (i < at) {
                    first = i + 1;
                } else if (last == to) {
                    last = i;
                }
            }
        }
        return new Block(words, Math.min(first, last), last, catalog);
    }

    private boolean has(String word) {
        return index(word, from) < to;
    }

    private int index(String word, int start) {
        for (int i = start; i < to; i++) {
            if (words.get(i).depth() == depth && words.get(i).is(word)) {
                return i;
            }
        }
        return to;
    }

    /** {@code WITH a AS (...), b(x) AS (...)}. */
    private void readCtes() {
        int i = from;
        if (i >= to || !words.get(i).is("with")) {
            return;
        }
        i++;
        if (i < to && words.get(i).is("recursive")) {
            i++;
        }
        while (i < to && words.get(i).isName()) {
            String name = words.get(i).name();
            int open = index("as", i);
            while (open < to && !words.get(open).is("(")) {
                open++;
            }
            if (open >= to) {
                return;
            }
            int close = Math.min(to, close(words, open));
            List<Field> fields = new Block(words, open + 1, close, catalog).projected();
            ctes.put(name.toLowerCase(Locale.ROOT), new Relation(name, "", fields));
            i = close + 1;
            if (i >= to || !words.get(i).is(",")) {
                return;
            }
            i++;
        }
    }

    /** The names that WITH gives. */
    List<Relation> ctes() {
        return List.copyOf(ctes.values());
    }

    /** What FROM and JOIN name, by alias or name in lower case. */
    Map<String, Relation> relations() {
        Map<String, Relation> found = new LinkedHashMap<>();
        if (hidden) {
            return found;
        }
        boolean expected = false;
        boolean listed = false;
        for (int i = from; i < to; i++) {
            Word word = words.get(i);
            if (word.depth() != depth) {
                continue;
            }
            if (word.is("from") || word.is("join") || word.is("update") || word.is("into")) {
                expected = true;
                listed = true;
            } else if (word.is(",") && listed) {
                expected = true;
            } else if (expected && (word.isName() || word.is("("))) {
                if (!word.is("lateral")) {
                    i = item(i, found) - 1;
                    expected = false;
                }
            } else if (word.isAnyOf(ENDS_FROM)) {
                listed = false;
                expected = false;
            }
        }
        return found;
    }

    /** Reads one item of FROM; returns the index behind it. */
    private int item(int start, Map<String, Relation> found) {
        int i = start;
        Relation relation;
        if (words.get(i).is("(")) {
            int close = Math.min(to, close(words, i));
            relation = new Relation("", "", new Block(words, i + 1, close, catalog).projected());
            i = close + 1;
        } else {
            while (i + 2 < to && words.get(i + 1).is(".") && words.get(i + 2).isName()) {
                i += 2;
            }
            String name = words.get(i).name();
            i++;
            if (i < to && words.get(i).is("(")) {
                name = name.replaceFirst("^read_", "");
                i = Math.min(to, close(words, i)) + 1;
            }
            Relation known = catalog.apply(name);
            relation = known == null ? new Relation(name, "", List.of()) : known;
        }
        return alias(i, relation, found);
    }

    private int alias(int start, Relation relation, Map<String, Relation> found) {
        int i = start;
        if (i < to && words.get(i).is("as")) {
            i++;
        }
        String name = relation.name();
        if (i < to
                && words.get(i).isName()
                && !words.get(i).isAnyOf(NO_ALIAS)
                && !words.get(i).isAnyOf(ENDS_FROM)) {
            name = words.get(i).name();
            i++;
        }
        found.put(name.toLowerCase(Locale.ROOT), relation);
        return i;
    }

    /** The columns that the query gives. */
    List<Field> projected() {
        Block first = part(from);
        int select = first.index("select", from);
        List<Field> fields = new ArrayList<>();
        if (select == first.to) {
            first.relations().values().forEach(relation -> fields.addAll(relation.fields()));
            return fields;
        }
        int start = select + 1;
        for (int i = start; i <= first.to; i++) {
            boolean ends = i == first.to
                    || words.get(i).depth() == depth
                            && (words.get(i).is(",") || words.get(i).is("from"));
            if (ends) {
                first.project(start, i, fields);
                start = i + 1;
                if (i < first.to && words.get(i).is("from")) {
                    break;
                }
            }
        }
        return fields;
    }

    private void project(int start, int end, List<Field> fields) {
        if (start >= end) {
            return;
        }
        Word last = words.get(end - 1);
        if (last.is("*") && (end - start == 1 || words.get(end - 2).is("."))) {
            Map<String, Relation> all = relations();
            Relation one = end - start == 3 ? all.get(words.get(start).name().toLowerCase(Locale.ROOT)) : null;
            (one == null ? all.values() : List.of(one)).forEach(relation -> fields.addAll(relation.fields()));
        } else if (last.isName() && last.depth() == depth) {
            boolean plain = end - start == 1 || words.get(end - 2).is(".");
            Field known = plain ? field(last.name()) : null;
            fields.add(known == null ? Field.of(last.name(), "") : known);
        }
    }

    /** The column with this name of the relations, or null. */
    Field field(String name) {
        return relations().values().stream()
                .flatMap(relation -> relation.fields().stream())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
