package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.Sockopts;
import io.tcpsnap.kernel.SockOption;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code sockopt}: the entries sockopt and sockopt_handed; the options are declared in {@link SockOption}. */
final class SockoptTable {
    private static final long MICROS = 1_000_000;

    static final TickTable<Sockopts> TABLE = SourceRows.table(
            new Table<>(
                    "sockopt",
                    "A TCP socket of a process at a tick and its options, by getsockopt; a tick may have a part of all sockets, and"
                            + " one that was handed over several times. What is missing is counted in unreached.",
                    columns()),
            List.of("sockopt", "sockopt_handed"),
            Sockopts::new);

    private SockoptTable() {}

    private static List<Column<Sockopts>> columns() {
        List<Column<Sockopts>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(
                Column.<Sockopts>text("source", row -> row.source().getBytes(StandardCharsets.UTF_8))
                        .doc(
                                "How the socket came to be read: sockopt, by the recorder at the tick; sockopt_handed, a program handed it over since the tick before."));
        columns.add(Column.<Sockopts>number("read_ts", SqlType.TIMESTAMP, Sockopts::readMicros)
                .absentWhen(row -> !row.isHanded(), "at the tick, see offset_us and duration_us in snapshot_source")
                .doc("When it was read, UTC; after ts where it came while the tick was being taken."));
        columns.add(
                Column.<Sockopts>number("inode", SqlType.UBIGINT, Sockopts::inode)
                        .doc(
                                "Inode of the socket, as in tcp and tcp_info; sockets of other network namespaces are listed too."));
        columns.add(Column.<Sockopts>number("pid", SqlType.INTEGER, Sockopts::pid)
                .absentWhen(row -> row.isHanded() && row.pid() == 0, "it is of another pid namespace")
                .doc("The process through which it was read, one of its owners; or that connected to hand it over."));
        columns.add(Column.<Sockopts>number("fd", SqlType.INTEGER, Sockopts::fd)
                .absentWhen(Sockopts::isHanded, "it was handed over")
                .doc("Its descriptor in that process."));
        columns.add(
                Column.<Sockopts>number("errno", SqlType.INTEGER, Sockopts::errno)
                        .kernel("kernel/pid.c __pidfd_fget()")
                        .nullWhen(0, "it was read")
                        .doc(
                                "Why the socket could not be read: 1 EPERM and 13 EACCES, not allowed to; 3 ESRCH and 9 EBADF, gone; 38 ENOSYS, before 5.6."));
        for (int i = 0; i < SockOption.ALL.size(); i++) {
            columns.add(column(i, SockOption.ALL.get(i)));
        }
        return columns;
    }

    private static Column<Sockopts> column(int i, SockOption option) {
        Column<Sockopts> column = of(i, option)
                .absentWhen(row -> !row.has(i), "not answered")
                .kernel(option.name().toUpperCase(Locale.ROOT))
                .doc(option.doc());
        if (option.unit() != null) {
            column.unit(option.unit());
        }
        return option.since() == null ? column : column.since(option.since());
    }

    private static Column<Sockopts> of(int i, SockOption option) {
        String name = option.name();
        return switch (option.type()) {
            case FLAG -> Column.flag(name, row -> row.number(i) != 0);
            case INT -> Column.number(name, SqlType.INTEGER, row -> row.number(i));
            case UINT -> Column.number(name, SqlType.UINTEGER, row -> row.number(i) & 0xffffffffL);
            case U64 -> Column.number(name, SqlType.UBIGINT, row -> row.number(i));
            case LINGER ->
                Column.<Sockopts>number(name, SqlType.INTEGER, row -> row.second(i, 4))
                        .absentWhen(row -> row.has(i) && row.number(i) == 0, "off");
            case TIMEVAL -> Column.number(name, SqlType.BIGINT, row -> row.first(i) * MICROS + row.second(i, 8));
            case TEXT -> Column.text(name, row -> row.text(i));
            case BYTES -> Column.blob(name, row -> row.raw(i));
        };
    }
}
