package io.tcpsnap.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcpsnap.Allocation;
import io.tcpsnap.shell.SqlScript.Statement;
import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where statements end, as DuckDB sees it. */
class SqlScriptTest {
    /** Pieces of which random text is made: all that begins, ends or escapes something. */
    private static final List<String> PIECES = List.of(
            "'", "''", "\"", ";", "\n", "\r", " ", "\u00a0", "--", "/*", "*/", "$", "$$", "$a$", "$1", "\\", "e'", "E",
            "a", "1", ".", "é", "🦆", "select", "(", ")", ",");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s; '",
                "select \"a;\"\"b\" from t",
                "select e'a\\';b'",
                "select 'a\\'",
                "select date'2020-01-01'",
                "select $$ ; $$",
                "select $é$ ; $$ ; $é$",
                "select $1 + $name",
                "select a$b",
                "select /* ; /* ; */ ; */ 2",
                "select 1 -- ; '\n+ 1",
                "select '🦆;é'",
            })
    void aStatementIsOne(String sql) {
        assertThat(SqlScript.parse(sql + ";select 2;"))
                .isEqualTo(new SqlScript(
                        List.of(
                                new Statement(sql, 1),
                                new Statement(
                                        "select 2",
                                        1
                                                + (int) sql.chars()
                                                        .filter(c -> c == '\n')
                                                        .count())),
                        new Statement("", 0),
                        ""));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(List.of(
                        "select 'a;",
                        "select \"a;",
                        "select $x$;",
                        "select /* /* */;",
                        "select 1",
                        "",
                        " -- x",
                        "/* x"))
                .extracting(sql -> SqlScript.parse(sql).open())
                .containsExactly("'", "\"", "$x$", "*/", ";", "", "", "*/");
    }

    @Test
    void blanksAndCommentsAreNoStatements() {
        assertThat(SqlScript.parse(" ;; /* a */ ; -- b\n;\u00a0").all()).isEmpty();
        assertThat(SqlScript.parse("-- first\n\nselect 1;\n\n\nselect\n2").all())
                .containsExactly(new Statement("select 1", 3), new Statement("select\n2", 6));
        assertThat(SqlScript.parse("select e'x\\").open()).isEqualTo("'");
        assertThat(SqlScript.parse("select 1 -- x\r;").open()).isEmpty();
    }

    @Test
    void tokensHaveKinds() {
        String sql = "select e'x', \"n\" 1.5e3 -- c";
        assertThat(SqlTokenizer.tokens(sql).stream()
                        .filter(token -> token.kind() != Kind.BLANK && token.kind() != Kind.OTHER)
                        .map(token -> token.kind() + " " + sql.substring(token.start(), token.end())))
                .containsExactly("WORD select", "STRING e'x'", "NAME \"n\"", "NUMBER 1.5e3", "COMMENT -- c");
    }

    @Test
    void noTextIsLost() {
        Random random = new Random(20261124);
        for (int round = 0; round < 20_000; round++) {
            String text = random.ints(random.nextInt(25), 0, PIECES.size())
                    .mapToObj(PIECES::get)
                    .collect(Collectors.joining());
            StringBuilder joined = new StringBuilder();
            for (Token token : SqlTokenizer.tokens(text)) {
                assertThat(token.start()).as(text).isEqualTo(joined.length()).isLessThan(token.end());
                joined.append(text, token.start(), token.end());
            }
            assertThat(joined.toString()).isEqualTo(text);
            rejoins(text);
        }
    }

    /** What was split and joined again splits as before. */
    private static void rejoins(String text) {
        SqlScript script = SqlScript.parse(text);
        List<String> statements =
                script.statements().stream().map(Statement::sql).toList();
        String again =
                String.join("\n;\n", statements) + "\n;\n" + script.rest().sql();
        assertThat(SqlScript.parse(again).statements().stream().map(Statement::sql))
                .as(text)
                .isEqualTo(statements);
        assertThat(SqlScript.parse(again).rest().sql())
                .as(text)
                .isEqualTo(script.rest().sql());
    }

    @Test
    void linesAreCommandsOrSql() {
        Assembler assembler = new Assembler();
        assertThat(assembler.add(".mode csv ")).isEqualTo(new Assembler.Piece(".mode csv", 1, true));
        assertThat(assembler.add("select '")).isNull();
        assertThat(assembler.open()).isEqualTo("'");
        assertThat(assembler.add(".quit")).isNull();
        assertThat(assembler.add("';")).isEqualTo(new Assembler.Piece("select '\n.quit\n';\n", 2, false));
        assertThat(assembler.add("exit;")).isEqualTo(new Assembler.Piece("exit;", 5, true));
        assertThat(assembler.add("select 1")).isNull();
        assertThat(assembler.rest()).isEqualTo(new Assembler.Piece("select 1\n", 6, false));
        assertThat(Assembler.openAtEnd(".mode csv\nselect 1;\nselect $$\n")).isEqualTo("$$");
    }

    /** The lines of a statement are counted once, not from the beginning of the script. */
    @Test
    void aScriptOfManyStatementsCostsNoMoreThanItsLength() throws IOException {
        String text = "select 1;\n".repeat(20_000);
        Allocation.assertAtMost(
                60L * text.length(),
                () -> assertThat(SqlScript.parse(text).statements().get(19_999).line())
                        .isEqualTo(20_000));
    }
}
