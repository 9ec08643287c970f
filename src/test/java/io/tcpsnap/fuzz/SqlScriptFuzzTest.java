package io.tcpsnap.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tcpsnap.shell.SqlScript;
import java.nio.charset.StandardCharsets;

/** Any script: its statements are pieces of it, and split the same way by themselves. */
class SqlScriptFuzzTest {
    @FuzzTest
    void anyScript(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        SqlScript script = SqlScript.parse(text);
        int line = 1;
        for (SqlScript.Statement statement : script.statements()) {
            assertThat(statement.isBlank()).isFalse();
            assertThat(text).contains(statement.sql());
            assertThat(statement.line()).isGreaterThanOrEqualTo(line);
            line = statement.line();
            SqlScript again = SqlScript.parse(statement.sql() + "\n;");
            assertThat(again.statements()).extracting(SqlScript.Statement::sql).containsExactly(statement.sql());
        }
        assertThat(script.rest().isBlank() || !script.open().isEmpty()).isTrue();
    }
}
