package io.tcpsnap.complete;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.complete.Item.Group;
import io.tcpsnap.duckdb.Relation;
import io.tcpsnap.duckdb.Relation.Field;
import io.tcpsnap.duckdb.SqlFunction;
import io.tcpsnap.duckdb.Vocabulary.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
    /** Two tables of two columns each. */
    private static final Names NAMES = new Names() {
        private final List<Relation> relations = List.of(
                new Relation(
                        "tcp",
                        "A row of /proc/net/tcp.",
                        List.of(
                                field("state", "ENUM", List.of("LISTEN", "SYN_SENT"), "", "State. Of the kernel."),
                                field("port", "INTEGER", List.of(), "", "Port."))),
                new Relation(
                        "info",
                        "",
                        List.of(
                                field("rtt", "BIGINT", List.of(), "us", "Round trip."),
                                field("Odd name", "VARCHAR", List.of(), "", ""))));

        @Override
        public List<Relation> relations() {
            return relations;
        }

        @Override
        public List<SqlFunction> functions() {
            return List.of(
                    new SqlFunction("max", List.of("x"), "The largest.", List.of()),
                    new SqlFunction("max", List.of("x", "n"), "The n largest.", List.of()),
                    new SqlFunction("read_tcp", List.of("archive"), "", List.of()));
        }

        @Override
        public List<Setting> settings() {
            return List.of(new Setting("threads", "How many."));
        }

        @Override
        public List<String> values(String relation, Field field) {
            return field.name().equals("port") ? List.of("443", "22") : field.labels();
        }
    };

    private static Field field(String name, String type, List<String> labels, String unit, String doc) {
        return new Field(name, type, labels, unit, doc, List.of(), null, null);
    }

    private static List<Item> at(String marked) {
        int cursor = marked.indexOf('|');
        return new Completions(NAMES).at(marked.replaceFirst("\\|", ""), cursor);
    }

    /** All but keywords, by group. */
    private static String names(String marked) {
        Map<Group, String> groups = at(marked).stream()
                .filter(item -> item.group() != Group.KEYWORDS)
                .collect(Collectors.groupingBy(
                        Item::group, TreeMap::new, Collectors.mapping(Item::text, Collectors.joining(" "))));
        return groups.entrySet().stream()
                .map(group -> group.getKey().toString().toLowerCase(Locale.ROOT) + ": " + group.getValue())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SELECT * FROM | ~ tables: tcp info",
                "FROM | ~ tables: tcp info",
                "FROM t| ~ tables: tcp; functions: read_tcp(",
                "FROM tcp, | ~ tables: tcp info",
                "FROM tcp t, i| ~ tables: info",
                "SELECT 1 FROM tcp JOIN | ~ tables: tcp info",
                "DESCRIBE | ~ tables: tcp info",
                "INSERT INTO | ~ tables: tcp info",
                "SELECT | FROM tcp ~ columns: state port; tables: tcp",
                "SELECT s| FROM tcp ~ columns: state",
                "SELECT max(| FROM tcp ~ columns: state port; tables: tcp",
                "SELECT | FROM tcp, info ~ columns: state port rtt `\"Odd name\"`; tables: tcp info",
                "SELECT t.| FROM tcp t ~ columns: state port",
                "SELECT t.s| FROM tcp AS t ~ columns: state",
                "SELECT T.| FROM tcp t JOIN info i ON t.x = i.y ~ columns: state port",
                "SELECT i.| FROM tcp t JOIN info i ON t.x = i.y ~ columns: rtt `\"Odd name\"`",
                "SELECT 1 FROM tcp t JOIN info i ON t.| ~ columns: state port",
                "SELECT 1 FROM tcp t JOIN info i ON | ~ columns: state port rtt `\"Odd name\"`; tables: t i",
                "SELECT tcp.| ~ columns: state port",
                "FROM tcp WHERE | ~ columns: state port; tables: tcp",
                "FROM tcp | ~ ``",
                "FROM tcp w| ~ ``",
                "FROM tcp AS | ~ ``",
                "SELECT port AS | FROM tcp ~ ``",
                "FROM tcp ORDER BY | ~ columns: state port; tables: tcp",
                "FROM read_tcp('a.tar.zst') WHERE | ~ columns: state port; tables: tcp",
                "FROM memory.main.tcp WHERE | ~ columns: state port; tables: tcp",
                "FROM tcp; FROM info WHERE | ~ columns: rtt `\"Odd name\"`; tables: info",
                "FROM info WHERE |; FROM tcp ~ columns: rtt `\"Odd name\"`; tables: info",
                "SELECT 1 FROM tcp UNION ALL SELECT | FROM info ~ columns: rtt `\"Odd name\"`; tables: info",
                "SELECT | FROM tcp UNION ALL SELECT 1 FROM info ~ columns: state port; tables: tcp",
                "SELECT | FROM (SELECT rtt AS r, max(rtt) m, rtt * 2 FROM info) ~ columns: r m",
                "SELECT x.| FROM (FROM info) x ~ columns: rtt `\"Odd name\"`",
                "SELECT x.| FROM (SELECT i.*, 1 AS one FROM info i) x ~ columns: rtt `\"Odd name\"` one",
                "WITH a AS (SELECT port AS p FROM tcp) FROM | ~ tables: a tcp info",
                "WITH a AS (SELECT port AS p FROM tcp) SELECT | FROM a ~ columns: p; tables: a",
                "WITH a AS (FROM tcp), b AS (SELECT port FROM a) SELECT | FROM b ~ columns: port; tables: b",
                "WITH a AS (SELECT 1), b AS (FROM |) FROM b ~ tables: a b tcp info",
                "SELECT 1 FROM (SELECT | FROM tcp) x ~ columns: state port; tables: tcp",
                "WITH a AS (SELECT | FROM tcp) FROM a ~ columns: state port; tables: tcp",
                "FROM info WHERE rtt IN (SELECT | FROM tcp) ~ columns: state port rtt `\"Odd name\"`; tables: tcp info",
                "FROM tcp WHERE state = | ~ values: 'LISTEN' 'SYN_SENT'; columns: state port; tables: tcp",
                "FROM tcp WHERE state = '| ~ values: 'LISTEN' 'SYN_SENT'",
                "FROM tcp WHERE state <> 'LI| ~ values: 'LISTEN' 'SYN_SENT'",
                "FROM tcp t WHERE t.state != '| ~ values: 'LISTEN' 'SYN_SENT'",
                "FROM tcp WHERE state IN ('LISTEN', '|') ~ values: 'LISTEN' 'SYN_SENT'",
                "FROM tcp WHERE state NOT IN (| ~ values: 'LISTEN' 'SYN_SENT'; columns: state port; tables: tcp",
                "FROM tcp WHERE state LIKE '| ~ values: 'LISTEN' 'SYN_SENT'",
                "SELECT count(*) FILTER (state = '|') FROM tcp ~ values: 'LISTEN' 'SYN_SENT'",
                "FROM tcp WHERE port = | ~ values: 443 22; columns: state port; tables: tcp",
                "FROM tcp WHERE port = '| ~ ``",
                "FROM tcp WHERE 'LISTEN'| ~ ``",
                "FROM tcp WHERE port = 44| ~ ``",
                "FROM tcp -- WHERE | ~ ``",
                "FROM tcp /* | */ ~ ``",
                "SET | ~ settings: threads",
                "| ~ ``",
            })
    void offersNames(String marked, String expected) {
        assertThat(names(marked)).isEqualTo(expected.replace("`", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "|                  > select, from, with, describe > where, and",
                "FROM tcp |         > where, left join, group by  > and, describe",
                "FROM tcp WHERE p|  > partition, group           > create, where",
                "SELECT 1; |        > select, describe            > where",
            })
    void offersKeywordsThatFit(String marked, String some, String none) {
        List<String> keywords = at(marked.strip().isEmpty() ? marked : marked.stripTrailing()).stream()
                .filter(item -> item.group() == Group.KEYWORDS)
                .map(Item::text)
                .toList();
        assertThat(keywords).contains(words(some)).doesNotContain(words(none));
    }

    private static String[] words(String list) {
        return list.strip().split(",\\s*", -1);
    }

    @Test
    void saysWhatANameMeans() {
        assertThat(at("SELECT | FROM info")).contains(new Item("rtt", Group.COLUMNS, "us: Round trip"));
        assertThat(at("SELECT A| FROM info")).contains(new Item("max(", Group.FUNCTIONS, "max(x): The largest"));
        assertThat(at("SELECT s| FROM tcp")).contains(new Item("state", Group.COLUMNS, "ENUM: State"));
        assertThat(at("FROM t|")).contains(new Item("tcp", Group.TABLES, "A row of /proc/net/tcp"));
    }

    @Test
    void keywordsAreSpelledAsTyped() {
        assertThat(at("FROM tcp W|")).contains(new Item("WHERE", Group.KEYWORDS, null));
        assertThat(at("FROM tcp w|")).contains(new Item("where", Group.KEYWORDS, null));
    }

    /** Whatever is typed, and wherever the cursor is, there is an answer. */
    @Test
    void noTextIsTooOdd() {
        String text = "WITH a AS (SELECT t.*, 'x' FROM tcp t WHERE state IN ('A') /* c */), b(\"q\") AS ((SELECT 1))"
                + " SELECT [x FOR x IN l] FROM a JOIN (b) USING (id), LATERAL (FROM a) z ORDER BY $1 -- end\n UNION";
        for (int end = 0; end <= text.length(); end++) {
            for (int cursor = 0; cursor <= end; cursor++) {
                assertThat(new Completions(NAMES).at(text.substring(0, end), cursor))
                        .isNotNull();
            }
        }
    }
}
