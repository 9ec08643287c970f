package io.tcpsnap.table;

import io.tcpsnap.decode.CounterDecoder;
import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProcNetSnmp;
import io.tcpsnap.decode.ProcNetSnmp6;
import io.tcpsnap.decode.ProcNetSockstat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code counter} and {@code sockstat}: named values of a protocol. */
final class CounterTable {
    static final TickTable<CounterDecoder> COUNTER = new TickTable<>(
            new Table<>(
                    "counter",
                    "A named counter of /proc/net/snmp, netstat or snmp6 at a tick.",
                    columns("Counter's value; most only grow. Tcp MaxConn is -1, and CurrEstab is a gauge.", true)),
            problems -> new JoinedRows<>(List.of(
                    new SourceRows<>(List.of("proc/net/snmp", "proc/net/netstat"), ProcNetSnmp::new, problems),
                    new SourceRows<>(List.of("proc/net/snmp6"), ProcNetSnmp6::new, problems))));

    static final TickTable<CounterDecoder> SOCKSTAT = SourceRows.table(
            new Table<>(
                    "sockstat",
                    "A value of /proc/net/sockstat or sockstat6 at a tick.",
                    columns(
                            "How many; mem is in pages. inuse is of the namespace; orphan, alloc and mem of the machine.",
                            false)),
            List.of("proc/net/sockstat", "proc/net/sockstat6"),
            ProcNetSockstat::new);

    private CounterTable() {}

    private static List<Column<CounterDecoder>> columns(String value, boolean cumulative) {
        List<Column<CounterDecoder>> columns = new ArrayList<>(TickColumns.of(Decoder::snapshot));
        columns.add(Column.<CounterDecoder>text("source", row -> file(row.source()))
                .doc("The file under /proc/net.")
                .ofCopy());
        columns.add(Column.<CounterDecoder>text("proto", CounterDecoder::proto)
                .doc("The protocol as the file names it: Tcp, TcpExt, Ip6, TCP."));
        columns.add(Column.<CounterDecoder>text("name", CounterDecoder::name).doc("Name of the value."));
        Column<CounterDecoder> number = Column.<CounterDecoder>number("value", SqlType.BIGINT, CounterDecoder::value)
                .doc(value);
        columns.add(cumulative ? number.cumulative() : number);
        return columns;
    }

    private static byte[] file(String source) {
        return source.substring(source.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
    }
}
