package io.tcpsnap.output;

import java.util.ArrayList;
import java.util.List;

/** The names of a STRUCT's fields, which JDBC tells in the name of its type only. */
final class FieldNames {
    private FieldNames() {}

    /**
     * {@code STRUCT(a INTEGER, "b c" STRUCT(d VARCHAR))} gives {@code a}, {@code b c}; a type without names, as
     * {@code TUPLE(INTEGER)}, gives null.
     */
    static List<String> of(String type) {
        if (!type.startsWith("STRUCT")) {
            return null;
        }
        List<String> names = new ArrayList<>();
        int at = "STRUCT(".length();
        while (at < type.length()) {
            int end = endOf(type, at, " ");
            String name = type.substring(at, end);
            names.add(
                    name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name);
            at = endOf(type, end, ",)") + 2;
        }
        return names;
    }

    /** Where one of the ends stands outside of quotes and of inner parentheses. */
    private static int endOf(String type, int from, String ends) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < type.length(); i++) {
            char c = type.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (depth == 0 && ends.indexOf(c) >= 0) {
                return i;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            }
        }
        return type.length();
    }
}
