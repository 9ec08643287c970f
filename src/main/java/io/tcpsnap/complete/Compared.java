package io.tcpsnap.complete;

import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The column whose value stands at a place: behind {@code state =}, {@code state LIKE}, {@code state IN (}.
 *
 * @param relation name of the table or view that has it
 */
record Compared(String relation, Field field) {
    private static final Set<String> LIKE = Set.of("like", "ilike", "glob");
    private static final String OPERATORS = "=<>!~";

    /** Null where no value of a column is expected. */
    static Compared at(Words words, List<Block> blocks) {
        int column = column(words);
        if (column < 0 || !words.all().get(column).isName()) {
            return null;
        }
        String name = words.all().get(column).name();
        String alias = column >= 2
                        && words.all().get(column - 1).is(".")
                        && words.all().get(column - 2).isName()
                ? words.all().get(column - 2).name()
                : null;
        for (Block block : blocks) {
            for (Map.Entry<String, Relation> entry : block.relations().entrySet()) {
                if (alias == null || entry.getKey().equalsIgnoreCase(alias)) {
                    for (Field field : entry.getValue().fields()) {
                        if (field.name().equalsIgnoreCase(name)) {
                            return new Compared(entry.getValue().name(), field);
                        }
                    }
                }
            }
        }
        return null;
    }

    /** Index of the word that names it, -1 where there is none. */
    private static int column(Words words) {
        int i = words.at() - 1;
        if (i >= 0 && words.all().get(i).isAnyOf(LIKE)) {
            return withoutNot(words, i - 1);
        }
        int list = i;
        while (list >= 0 && isListed(words.all().get(list))) {
            list--;
        }
        if (list >= 1
                && words.all().get(list).is("(")
                && words.all().get(list - 1).is("in")) {
            return withoutNot(words, list - 2);
        }
        int operator = i;
        while (operator >= 0
                && words.all().get(operator).kind() == Kind.OTHER
                && OPERATORS.contains(words.all().get(operator).text())) {
            operator--;
        }
        return operator < i ? operator : -1;
    }

    private static boolean isListed(Word word) {
        return word.kind() == Kind.STRING || word.kind() == Kind.NUMBER || word.is(",");
    }

    private static int withoutNot(Words words, int i) {
        return i >= 0 && words.all().get(i).is("not") ? i - 1 : i;
    }
}
