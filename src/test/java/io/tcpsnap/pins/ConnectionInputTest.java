package io.tcpsnap.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to name a connection finds the right ones among six. */
class ConnectionInputTest {
    private static final String SOCKETS = """
            CREATE TABLE tcp_info AS SELECT * FROM (VALUES
              (1, 1::UBIGINT, 501::UBIGINT, '10.0.0.1', 40000, '10.0.0.5', 443, 9001::UBIGINT),
              (1, 2, 502, '10.0.0.1', 40001, '10.0.0.6', 443, 9002),
              (1, 3, 503, '::ffff:10.0.0.1', 80, '::ffff:10.0.0.5', 50000, 9003),
              (1, 4, 504, 'fd00::1', 40002, 'fd00::5', 5432, 9004),
              (1, 5, 505, '10.0.0.1', 443, '0.0.0.0', 0, 443),
              (1, 6, 506, '10.1.0.1', 40003, '10.1.0.5', 22, 9006)
            ) t(snapshot_id, conn, cookie, local_addr, local_port, remote_addr, remote_port, inode);
            CREATE TABLE tcp AS FROM tcp_info WHERE false;
            CREATE TABLE owner AS SELECT * FROM (VALUES (1, 9004::UBIGINT, 77, 'postgres'), (1, 9006, 9001, 'sshd'))
              t(snapshot_id, inode, pid, comm);
            """;

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(SOCKETS);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5:443 | 1",
                "10.0.0.5 | 1 3",
                "10.0.0.1:40001 | 2",
                "10.0.0. | 1 2 3 5",
                "10. | 1 2 3 5 6",
                ":443 | 1 2 5",
                "443 | 1 2 5",
                "port 443 | 1 2 5",
                "inode 443 | 5",
                "9001 | 1 6",
                "pid 9001 | 6",
                "[fd00::5]:5432 | 4",
                "fd00::5:5432 | 4",
                "fd00::5 | 4",
                "FD00::5 | 4",
                "10.0.0.5:443 10.0.0.1 | 1",
                "10.0.0.1:40000 -> 10.0.0.5:443 | 1",
                "postgres | 4",
                "comm postgres | 4",
                "pid 77 | 4",
                "cookie 503 | 3",
                "cookie 0x1f7 | 3",
                "cookie 18446744073709551615 | ''",
                "18446744073709551615 | ''",
                "10.9.9.9 | ''",
                "o'hare | ''",
            })
    void finds(String text, String conns) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(ConnectionInput.parse(text).find())) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        assertThat(String.join(" ", found.stream().sorted().toList())).isEqualTo(conns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b c", "inode x", "pid -1", ":port", "10.0.0.5:https"})
    void whatNamesNothingIsRefused(String text) {
        assertThatThrownBy(() -> ConnectionInput.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
