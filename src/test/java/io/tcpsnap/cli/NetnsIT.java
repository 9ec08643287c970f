package io.tcpsnap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcpsnap.archive.Recordings;
import io.tcpsnap.lab.Child;
import io.tcpsnap.lab.Command;
import io.tcpsnap.lab.Crowd;
import io.tcpsnap.lab.Namespace;
import io.tcpsnap.lab.ShortConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of network namespaces: some there before, some that come, some that go. */
class NetnsIT {
    private static final String PREFIX = "tcpsnap-" + ProcessHandle.current().pid() + "-";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespaces() {
        assumeTrue(Namespace.available(), "needs root, iproute2 and iptables");
    }

    @Test
    void eachNamespaceHasItsOwnSocketsInterfacesAndCounters() throws Exception {
        try (Namespace blue = Namespace.create(PREFIX + "blue");
                Namespace red = Namespace.create(PREFIX + "red");
                Child inBlue = crowd(blue, 10);
                Child inRed = crowd(red, 20);
                RecordingIn recording = record(blue.name() + "," + red.name())) {
            blue.run("ip", "link", "add", "only-blue", "type", "veth", "peer", "name", "its-other-end");
            recording.awaitTicks(2);
            assertThat(recording.end()).isZero();
            for (String table : List.of("tcp", "tcp_info", "connection")) {
                assertThat(recording.query("SELECT netns, count(DISTINCT conn) AS n FROM " + table
                                + " WHERE state = 'ESTABLISHED' OR state::VARCHAR LIKE 'FIN_WAIT%' OR state = 'CLOSE_WAIT'"
                                + " GROUP BY netns ORDER BY netns"))
                        .as(table)
                        .isEqualTo("netns,n\n" + blue.name() + ",20\n" + red.name() + ",40\n");
            }
            assertThat(recording.query("SELECT DISTINCT netns FROM net_dev WHERE iface = 'only-blue'"))
                    .isEqualTo("netns\n" + blue.name() + "\n");
            assertThat(
                            recording.query(
                                    "SELECT netns, max(value) AS opens FROM counter WHERE name = 'ActiveOpens' GROUP BY ALL ORDER BY ALL"))
                    .isEqualTo("netns,opens\n" + blue.name() + ",10\n" + red.name() + ",20\n");
            assertThat(recording.query("FROM problem"))
                    .isEqualTo("snapshot_id,ts,host,netns,source,byte_offset,reason,bytes\n");
            assertThat(Program.run("info", folder).out())
                    .contains("  namespaces   " + blue.name() + " " + red.name() + "\n");
        }
    }

    @Test
    void theTextIsWhatAProcessInsideReads() throws Exception {
        try (Namespace blue = Namespace.create(PREFIX + "text");
                Child crowd = crowd(blue, 3);
                RecordingIn recording = record(blue.name(), "--sources", "tcp,tcp6,dev")) {
            recording.awaitTicks(2);
            recording.end();
            Path segment = onlyFile(folder);
            for (String file : List.of("tcp", "tcp6", "dev")) {
                String inside = blue.run("cat", "/proc/net/" + file);
                String recorded = Command.run(
                        "tar",
                        "--zstd",
                        "-xOf",
                        segment.toString(),
                        "--wildcards",
                        "--occurrence=1",
                        "*/netns/" + blue.name() + "/proc/net/" + file);
                assertThat(fields(recorded)).as(file).isEqualTo(fields(inside)).isNotEmpty();
            }
        }
    }

    /** Without the columns that change while nothing happens: timer, its time-out, probes, and references of the timer. */
    private static List<String> fields(String text) {
        return text.lines()
                .map(line ->
                        line.replaceAll(" [0-9A-F]{2}:[0-9A-F]{8} ", " ").replaceAll(" \\d ([0-9a-f]{16}) ", " $1 "))
                .sorted()
                .toList();
    }

    @Test
    void namespacesComeAndGoAndAreNotKeptAlive() throws Exception {
        try (Namespace stays = Namespace.create(PREFIX + "stays");
                RecordingIn recording = record("all", "--interval", "100ms")) {
            try (Namespace comes = Namespace.create(PREFIX + "comes")) {
                comes.run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there", "netns", stays.name());
                recording.awaitTicks(3);
                shortConnections(comes, 50);
                recording.awaitTicks(2);
                shortConnections(comes, 7); // and it is gone before the next tick, most likely
            }
            for (int i = 0; i < 50 && isCabled(stays); i++) {
                recording.awaitTicks(1);
            }
            assertThat(isCabled(stays)).isFalse();
            recording.awaitTicks(2);
            assertThat(recording.end()).isZero();
            String name = PREFIX + "comes";
            assertThat(recording.row(
                            "SELECT min(snapshot_id) > 0, max(snapshot_id) < (SELECT max(snapshot_id) FROM snapshot)"
                                    + " FROM tcp WHERE netns = '" + name + "'"))
                    .containsExactly("true", "true");
            assertThat(recording.row(
                            "SELECT count(DISTINCT cookie) FROM tcp_closed WHERE remote_port <> 0 AND netns = '" + name
                                    + "'"))
                    .containsExactly("114");
            assertThat(recording.row("SELECT count(DISTINCT snapshot_id) = (SELECT count(*) FROM snapshot)"
                            + " FROM net_dev WHERE netns = '" + stays.name() + "'"))
                    .containsExactly("true");
        }
    }

    /** The other end of its cable lives as long as the namespace does. */
    private static boolean isCabled(Namespace stays) {
        return stays.run("ip", "link", "show").contains("there");
    }

    @Test
    void aNamespaceIsFoundByItsProcessOrInodeAndTheNameMayComeBack() throws Exception {
        Process sleeper = new ProcessBuilder("unshare", "--net", "sleep", "1000").start();
        try (Namespace blue = Namespace.create(PREFIX + "back")) {
            Path link = Path.of("/proc/" + sleeper.pid() + "/ns/net");
            while (Files.readSymbolicLink(link).equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")))) {
                Thread.sleep(10);
            }
            String inode = Files.readSymbolicLink(link).toString().replaceAll("\\D", "");
            for (String choice : List.of(inode, "net:[" + inode + "]", "" + sleeper.pid())) {
                Path to = folder.resolve(choice.replaceAll("\\D", "x"));
                assertThat(Program.run("record", "-o", to, "--once", "--netns", choice)
                                .code())
                        .isZero();
                assertThat(Program.run("query", to, "--format", "csv", "-c", "SELECT DISTINCT netns FROM net_dev")
                                .out())
                        .isEqualTo("netns\nnet:[" + inode + "]\n");
            }
            try (RecordingIn recording = record(blue.name(), "--interval", "100ms")) {
                Command.run("ip", "netns", "del", blue.name());
                recording.awaitTicks(3);
                Command.run("ip", "netns", "add", blue.name());
                recording.awaitTicks(3);
                recording.end();
                assertThat(recording.query(
                                "SELECT DISTINCT source, reason FROM problem WHERE source LIKE 'netns/%back'"))
                        .isEqualTo("source,reason\nnetns/" + blue.name() + ",could not be read: ENOENT\n");
                assertThat(recording.row("SELECT max(snapshot_id) FROM net_dev"))
                        .isEqualTo(recording.row("SELECT max(snapshot_id) FROM snapshot"));
            }
        } finally {
            sleeper.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatIsNotThereOrNotAllowedIsSaid() throws Exception {
        Program.Result missing = Program.run("record", "-o", folder, "--once", "--netns", "no-such");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err())
                .isEqualTo("tcpsnap: no network namespace 'no-such' under /run/netns: 'ip netns' lists them\n");
        Program.Result empty = Program.run("record", "-o", folder, "--once", "--netns", "all,");
        assertThat(empty.code()).isEqualTo(2);
        Program.Result process = Program.run("record", "-o", folder, "--once", "--netns", "999999999");
        assertThat(process.code()).isEqualTo(3);
        assertThat(process.err()).isEqualTo("tcpsnap: no network namespace of process 999999999: ENOENT\n");
        assertThat(folder).isEmptyDirectory();

        ProcessBuilder nobody = Program.builder("record", "-o", folder.resolve("x"), "--once", "--netns", "all");
        nobody.command().addAll(0, List.of("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-all"));
        Process refused = nobody.start();
        assertThat(refused.errorReader(UTF_8).lines().collect(joining("\n")))
                .isEqualTo("tcpsnap: other network namespaces may not be entered: EPERM:"
                        + " this needs CAP_SYS_ADMIN: run as root, or leave --netns out");
        assertThat(refused.waitFor()).isEqualTo(3);
    }

    private RecordingIn record(String choice, Object... options) throws Exception {
        Object[] all = new Object[options.length + 2];
        all[0] = "--netns";
        all[1] = choice;
        System.arraycopy(options, 0, all, 2, options.length);
        return RecordingIn.of(null, folder, all);
    }

    private static Child crowd(Namespace namespace, int connections) {
        Child crowd = Child.start(namespace, Crowd.class);
        crowd.tell("" + connections);
        return crowd;
    }

    private static void shortConnections(Namespace namespace, int count) {
        List<String> load = Child.java(ShortConnections.class);
        load.addAll(List.of("" + count, "5000"));
        Command.run(namespace.inside(load));
    }

    private static Path onlyFile(Path folder) throws Exception {
        try (var files = Recordings.segments(folder)) {
            return files.findFirst().orElseThrow();
        }
    }
}
