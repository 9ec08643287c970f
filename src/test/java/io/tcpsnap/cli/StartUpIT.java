package io.tcpsnap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start does not load. */
class StartUpIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "--help", "query --help", "record --once -o rec", "info samples/idle.tar.zst"})
    void recorderAndHelpLoadNeitherDuckDbNorJline(String line) throws Exception {
        Path log = folder.resolve("classes");
        ProcessBuilder builder = Program.builder(
                (Object[]) line.replace("-o rec", "-o " + folder.resolve("rec")).split(" ", -1));
        builder.environment().put("TCPSNAP_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        assertThat(Program.run(builder, "").code()).isZero();
        assertThat(Files.readString(log))
                .contains("io.tcpsnap.Main")
                .doesNotContain("] org.duckdb.")
                .doesNotContain("] org.jline."); // the JDK has one of its own, which is not meant
    }

    /** Each would take longer than the question. */
    @Test
    void aPlainQueryStartsNeitherTheParserNorTheFlightRecorder() throws Exception {
        Path log = folder.resolve("classes");
        ProcessBuilder builder =
                Program.builder("query", "samples/idle.tar.zst", "--no-cache", "-c", "SELECT count(*) FROM snapshot");
        builder.environment().put("TCPSNAP_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        assertThat(Program.run(builder, "").code()).isZero();
        assertThat(Files.readString(log))
                .contains("] org.duckdb.DuckDBConnection ")
                .doesNotContain("] picocli.CommandLine ")
                .doesNotContain("] jdk.jfr.internal.JVM ")
                .doesNotContain("] io.tcpsnap.table.TcpTable ");
    }
}
