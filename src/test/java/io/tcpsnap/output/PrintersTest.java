package io.tcpsnap.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each format makes of results, in full. */
class PrintersTest {
    private static final Style ASCII = new Style(false);
    private static final String SMALL =
            "SELECT * FROM (VALUES (1, 'a', NULL), (-22, '', 'x|y'), (333, 'q\"q,', 'é日')) t(n, s, \"s 2\")";

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    private static String print(OutputFormat format, Style style, String sql) throws SQLException, IOException {
        StringBuilder out = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            format.printer(out, style).print(new Result(rows));
        }
        return out.toString();
    }

    private static String print(OutputFormat format, String sql) throws SQLException, IOException {
        return print(format, ASCII, sql);
    }

    @Test
    void table() throws Exception {
        assertThat(print(OutputFormat.TABLE, SMALL)).isEqualTo("""
                         n   | s    | s 2
                        -----+------+------
                           1 | a    | NULL
                         -22 |      | x|y
                         333 | q"q, | é日
                        (3 rows)
                        """);
        assertThat(print(OutputFormat.TABLE, new Style(true), "SELECT 1 AS a, 2 AS a"))
                .isEqualTo("""
                         a │ a
                        ───┼───
                         1 │ 2
                        (1 row)
                        """);
        assertThat(print(OutputFormat.TABLE, "SELECT 1 AS a, 'x' AS b WHERE false"))
                .isEqualTo(" a | b\n---+---\n(0 rows)\n");
    }

    @Test
    void csvTellsNullFromEmptyInEveryColumn() throws Exception {
        assertThat(print(OutputFormat.CSV, SMALL))
                .isEqualTo("n,s,s 2\n1,a,\n\"-22\",\"\",\"x|y\"\n333,\"q\"\"q,\",é日\n");
        assertThat(print(OutputFormat.CSV, "SELECT NULL AS a, '' AS b, '' AS c, NULL AS d"))
                .isEqualTo("a,b,c,d\n,\"\",\"\",\n");
        assertThat(print(OutputFormat.CSV, "SELECT e'l1\\nl2' AS a, ' b' AS b")).isEqualTo("a,b\n\"l1\nl2\",\" b\"\n");
        assertThat(print(OutputFormat.CSV, "SELECT 1 AS a WHERE false")).isEqualTo("a\n");
    }

    @Test
    void csvForSpreadsheetsHasNoFormulas() throws Exception {
        String cells =
                "SELECT '=1+1' AS \"=a\", '@x' AS b, '+x' AS c, '-x' AS d, -5 AS e, '-5.5' AS f, e'\\tx' AS g, 'a=b' AS h,"
                        + " '\uff1d1' AS i, e'\\n=1' AS j";
        assertThat(print(OutputFormat.of("csv-safe"), cells))
                .isEqualTo("'=a,b,c,d,e,f,g,h,i,j\n'=1+1,'@x,'+x,'-x,-5,-5.5,'\tx,a=b,'\uff1d1,\"'\n=1\"\n");
        assertThat(print(OutputFormat.CSV, "SELECT '=1+1' AS a")).isEqualTo("a\n=1+1\n");
    }

    @Test
    void json() throws Exception {
        assertThat(print(OutputFormat.JSON, SMALL)).isEqualTo("""
                        [
                        {"n":1,"s":"a","s 2":null}
                        ,{"n":-22,"s":"","s 2":"x|y"}
                        ,{"n":333,"s":"q\\"q,","s 2":"é日"}
                        ]
                        """);
        assertThat(print(OutputFormat.JSON, "SELECT 1 AS a WHERE false")).isEqualTo("[]\n");
        assertThat(print(OutputFormat.JSONL, "SELECT 1 AS a WHERE false")).isEmpty();
    }

    @Test
    void jsonOfEachKindOfValue() throws Exception {
        assertThat(print(
                        OutputFormat.JSONL,
                        "SELECT 'nan'::DOUBLE AS a, '-inf'::FLOAT AS a, 0.1::FLOAT AS a, 18446744073709551615::UBIGINT AS u,"
                                + " 1e-20::DECIMAL(38, 20) AS d, [1, NULL] AS l, {'x y': [{'z': ''}]} AS s,"
                                + " MAP {'k': 1.5} AS m, (1, 'x') AS t, '\\xAA'::BLOB AS b, true AS f,"
                                + " e'{\"a\":\\n[1e400]}'::JSON AS j, INTERVAL '1 month 2 days' AS i,"
                                + " TIMESTAMP '2024-01-02 03:04:05.5' AS ts, [TIMESTAMP '2024-01-02 03:04:05'] AS tl"))
                .isEqualTo("{\"a\":\"NaN\",\"a_1\":\"-Infinity\",\"a_2\":0.1,\"u\":18446744073709551615,"
                        + "\"d\":0.00000000000000000001,\"l\":[1,null],\"s\":{\"x y\":[{\"z\":\"\"}]},"
                        + "\"m\":{\"k\":1.5},\"t\":[1,\"x\"],\"b\":\"\\\\xAA\",\"f\":true,"
                        + "\"j\":{\"a\": [1e400]},\"i\":\"1 month 2 days\","
                        + "\"ts\":\"2024-01-02 03:04:05.5\",\"tl\":[\"2024-01-02 03:04:05\"]}\n");
    }

    @Test
    void markdown() throws Exception {
        assertThat(print(OutputFormat.MARKDOWN, "SELECT 1 AS n, 'x|<b>' AS s_t, NULL AS e, e'a\\nb' AS l"))
                .isEqualTo("""
                        | n | s\\_t | e | l |
                        |---:|---|---|---|
                        | 1 | x\\|&lt;b> | NULL | a\\\\nb |
                        """);
    }

    @Test
    void vertical() throws Exception {
        assertThat(print(OutputFormat.VERTICAL, SMALL)).isEqualTo("""
                        -[ row 1 ]
                        n   | 1
                        s   | a
                        s 2 | NULL
                        -[ row 2 ]
                        n   | -22
                        s   |
                        s 2 | x|y
                        -[ row 3 ]
                        n   | 333
                        s   | q"q,
                        s 2 | é日
                        (3 rows)
                        """);
    }

    @Test
    void aTableThatWouldWrapIsVertical() throws Exception {
        String sql = "SELECT 'aaaaaaaaaaaaaaaaaaaa' AS first, 'of two words' AS second";
        assertThat(print(OutputFormat.TABLE, new Style(false, 34), sql)).isEqualTo("""
                         first                | second
                        ----------------------+-----------
                         aaaaaaaaaaaaaaaaaaaa | of two
                                              | words
                        (1 row)
                        """);
        assertThat(print(OutputFormat.TABLE, new Style(false, 33), sql))
                .isEqualTo("-[ row 1 ]\nfirst  | aaaaaaaaaaaaaaaaaaaa\nsecond | of two words\n(1 row)\n");
        assertThat(print(OutputFormat.TABLE, new Style(false, 5), "SELECT 'no blank' AS a, 1 AS b WHERE false"))
                .isEqualTo(" a\n---\n(0 rows)\n(1 of 2 columns do not fit, '.last vertical' shows them: b)\n");
    }

    @Test
    void whatFitsInNoDirectionSaysWhatItHides() throws Exception {
        String sql = "SELECT range AS n, 'aaaaaaaaaaaaaaaa' AS first, 'b' AS second, 'cccccccc' AS third FROM range(3)";
        assertThat(print(OutputFormat.TABLE, new Style(false, 31, 10, false, Cells.RAW), sql))
                .isEqualTo("""
                         n | first            | second
                        ---+------------------+--------
                         0 | aaaaaaaaaaaaaaaa | b
                         1 | aaaaaaaaaaaaaaaa | b
                         2 | aaaaaaaaaaaaaaaa | b
                        (3 rows)
                        (1 of 4 columns do not fit, '.last vertical' shows them: third)
                        """);
        assertThat(print(OutputFormat.TABLE, new Style(false, 31, 20, false, Cells.RAW), sql))
                .startsWith("-[ row 1 ]\n")
                .endsWith("third  | cccccccc\n(3 rows)\n");
        assertThat(print(OutputFormat.TABLE, new Style(false, 31, 10, true, Cells.RAW), sql))
                .contains(" 0 | aaaaaaaaaaaaaaaa | b      | cccccccc\n")
                .endsWith("\n(3 rows)\n");
    }

    @Test
    void tabSeparatedValuesTellNullFromText() throws Exception {
        assertThat(print(OutputFormat.TSV, "SELECT NULL AS a, '' AS b, e'x\\ty\\\\N' AS c, 1 AS \"d e\""))
                .isEqualTo("a\tb\tc\td e\n\\N\t\tx\\ty\\\\N\t1\n");
    }

    @Test
    void htmlEscapesEverything() throws Exception {
        assertThat(print(
                        OutputFormat.HTML,
                        "SELECT 1 AS \"<b>\", '<script>\"x\" & ''y''</script>' AS s, NULL AS e, e'a\\nb' AS l"))
                .isEqualTo("""
                        <table>
                        <thead><tr><th>&lt;b&gt;</th><th>s</th><th>e</th><th>l</th></tr></thead>
                        <tbody>
                        <tr><td align="right">1</td><td>&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;</td><td class="null"></td><td>a\\nb</td></tr>
                        </tbody>
                        </table>
                        """);
    }

    @Test
    void insertStatementsGiveTheSameRowsBack() throws Exception {
        String sql = "SELECT 1 AS a, 'x''y' AS a, NULL AS \"q\"\"z\", 'nan'::DOUBLE AS d, e'l1\\nl2' AS l,"
                + " 18446744073709551615::UBIGINT AS u";
        String insert = print(OutputFormat.INSERT, sql);
        assertThat(insert)
                .isEqualTo("INSERT INTO result (\"a\", \"a_1\", \"q\"\"z\", \"d\", \"l\", \"u\") VALUES"
                        + " (1, 'x''y', NULL, 'NaN', 'l1\nl2', 18446744073709551615);\n");
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE result AS SELECT 1 AS a, '' AS a_1, '' AS \"q\"\"z\", 1.0::DOUBLE AS d, '' AS l,"
                            + " 1::UBIGINT AS u WHERE false");
            statement.execute(insert);
        }
        assertThat(print(OutputFormat.CSV, "FROM result"))
                .isEqualTo(print(OutputFormat.CSV, sql).replaceFirst("a,a,", "a,a_1,"));
    }

    @Test
    void noneReadsAllAndPrintsNothing() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("FROM range(5000)")) {
            StringBuilder out = new StringBuilder();
            assertThat(OutputFormat.NONE.printer(out, ASCII).print(new Result(rows)))
                    .isEqualTo(5000);
            assertThat(out).isEmpty();
        }
    }

    @Test
    void keptRowsAreBoundedAndWhole() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT range AS n, CASE WHEN range % 2 = 0 THEN '' END AS t, repeat('é', 600) AS wide FROM range(150000)")) {
            KeptRows kept = new KeptRows(new Result(rows));
            Result result = new Result(rows, java.util.List.of(kept));
            while (result.next()) {}
            assertThat(kept.full()).isTrue();
            assertThat(kept.count()).isBetween(20_000, 40_000);
            assertThat(kept.row(2)).containsExactly("2", "", "é".repeat(600));
            assertThat(kept.row(3)[1]).isNull();
        }
    }

    @Test
    void aPlanIsDrawn() throws Exception {
        assertThat(print(OutputFormat.TABLE, "EXPLAIN SELECT 42"))
                .startsWith("╭─ Projection ")
                .doesNotContain("\\n");
    }

    @Test
    void aTableGrowsWiderWithItsRows() throws Exception {
        String table =
                print(OutputFormat.TABLE, "SELECT repeat('x', (1 + range // 1000)::INT) AS a, 1 AS b FROM range(2500)");
        assertThat(table).contains("\n x | 1\n", "\n xx | 1\n", "\n xxx | 1\n").endsWith("(2500 rows)\n");
        assertThat(table).hasLineCount(2503);
    }

    @Test
    void controlCharactersAreShown() throws Exception {
        assertThat(print(
                        OutputFormat.TABLE,
                        "SELECT e'a\\tb' || chr(27) || '[31m' || chr(155) || chr(8238) || chr(0) AS \"c\nd\""))
                .isEqualTo(" c\\nd\n-------------------------------\n a\\tb\\e[31m\\x9b\\u202e\\x00\n(1 row)\n"
                        .replace("-------------------------------", "-".repeat(26)));
    }

    @Test
    void timesAreTheSameInEveryZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try {
            assertThat(print(
                            OutputFormat.CSV,
                            "SELECT TIMESTAMP '2024-03-10 02:30:00' AS a, TIMESTAMPTZ '2024-03-10 02:30:00+01' AS b,"
                                    + " TIME '10:00' AS c, DATE '0044-03-15 (BC)' AS d, 'infinity'::TIMESTAMP AS e,"
                                    + " TIME '24:00:00' AS f, '-infinity'::DATE AS g, '10:00:00+05:30'::TIMETZ AS h,"
                                    + " '2024-03-10 02:30:00.123456789'::TIMESTAMP_NS AS i"))
                    .isEqualTo("a,b,c,d,e,f,g,h,i\n2024-03-10 02:30:00,2024-03-10 01:30:00+00,10:00:00,0044-03-15 (BC),"
                            + "infinity,24:00:00,-infinity,10:00:00+05:30,2024-03-10 02:30:00.123456789\n");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource(value = OutputFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyTypeOfDuckDbPrints(OutputFormat format) throws Exception {
        String text = print(format, "SELECT * EXCLUDE (time_tz) FROM test_all_types()");
        assertThat(text).contains("18446744073709551615", "enum").doesNotContain("org.duckdb", "java.");
        if (format == OutputFormat.JSON || format == OutputFormat.JSONL) {
            try (JsonParser parser = new JsonFactory().createParser(text)) {
                while (parser.nextToken() != null) {
                    assertThat(parser.currentToken()).isNotNull();
                }
            }
        }
    }

    @Test
    void aValueThatJavaCannotHoldIsAnErrorWithTheColumn() {
        assertThatThrownBy(() -> print(OutputFormat.JSONL, "SELECT 1 AS a, '24:00:00+00'::TIMETZ AS late"))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("column late has a value out of range");
    }
}
