package io.tcpsnap.complete;

import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.duckdb.SqlFunction;
import io.tcpsnap.duckdb.Vocabulary.Setting;
import java.util.List;

/** What is known at the moment. */
public interface Names {
    /** Waits a moment, below what one notices, where something is being read just now. */
    default void await() {}

    /** Tables and views, those of archives first. */
    List<Relation> relations();

    List<SqlFunction> functions();

    List<Setting> settings();

    /** Values of a column that the data has, the most frequent first; those known so far. */
    List<String> values(String relation, Field field);

    /** The relation with this name, or null. */
    default Relation relation(String name) {
        return relations().stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
