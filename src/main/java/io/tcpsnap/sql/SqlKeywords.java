package io.tcpsnap.sql;

import java.util.List;
import java.util.Set;

/** The words of SQL that people type in questions; DuckDB knows five hundred, which would drown completion. */
public final class SqlKeywords {
    public static final Set<String> ALL = Set.copyOf(
            List.of(("select from where group by order having limit offset join left right full outer inner asof"
                            + " cross on using as and or not in is null between like ilike case when then else end distinct all"
                            + " union intersect except with recursive window over partition rows range qualify filter exclude"
                            + " replace create table view macro drop insert into values update delete set reset variable show"
                            + " describe summarize explain analyze copy to desc asc nulls first last true false cast interval"
                            + " timestamp pivot unpivot sample lateral positional")
                    .split(" ", -1)));

    private SqlKeywords() {}
}
