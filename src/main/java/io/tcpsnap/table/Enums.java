package io.tcpsnap.table;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;

/** The enumerations of the tables. */
final class Enums {
    static final SqlType STATE = SqlType.enumOf("tcp_state", TcpState.values());
    static final SqlType TIMER = SqlType.lowerCaseEnumOf("tcp_timer", TimerKind.values());
    static final SqlType ROW_KIND = SqlType.lowerCaseEnumOf("tcp_row_kind", RowKind.values());

    private Enums() {}
}
