package io.tcpsnap.table;

import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.Owners;
import java.util.ArrayList;
import java.util.List;

/** {@code owner}: the entry owners, from /proc/PID. Expressions are from fs/proc/array.c do_task_stat(). */
final class OwnerTable {
    static final TickTable<Owners> TABLE = SourceRows.table(
            new Table<>(
                    "owner",
                    "A process that holds a TCP socket at a tick; several rows where several processes hold the socket. Whom the recorder"
                            + " could not look into is counted in unreached.",
                    columns()),
            List.of("owners"),
            Owners::new);

    private OwnerTable() {}

    private static List<Column<Owners>> columns() {
        List<Column<Owners>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(
                Column.<Owners>number("inode", SqlType.UBIGINT, Owners::inode)
                        .kernel("readlink /proc/PID/fd/N: socket:[inode]")
                        .doc(
                                "Inode of the socket, as in tcp and tcp_info; sockets of other network namespaces are listed too."));
        columns.add(Column.<Owners>number("pid", SqlType.INTEGER, Owners::pid)
                .kernel("pid_nr_ns(pid, ns)")
                .doc("The process, in the recorder's pid namespace."));
        columns.add(Column.<Owners>number("start_time", SqlType.BIGINT, Owners::startTime)
                .unit("1/USER_HZ s")
                .kernel("nsec_to_clock_t(timens_add_boottime_ns(task->start_boottime))")
                .doc("When the process started, since boot: with pid it names the process within a boot."));
        columns.add(Column.<Owners>text("comm", Owners::comm)
                .kernel("task->comm")
                .absentWhen(row -> row.comm() == null, "unknown")
                .doc("Name of the process's main thread, at most 15 bytes."));
        columns.add(Column.<Owners>text("cgroup", Owners::cgroup)
                .kernel("cgroup_path_ns_locked(cgrp, ...) in kernel/cgroup/cgroup.c proc_cgroup_show()")
                .absentWhen(row -> row.cgroup() == null, "neither cgroup v2 nor a hierarchy of systemd")
                .doc("Path of the process's cgroup, as the recorder's cgroup namespace sees it."));
        return columns;
    }
}
