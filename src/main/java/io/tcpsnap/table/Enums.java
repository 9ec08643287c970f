package io.tcpsnap.table;

import io.tcpsnap.kernel.RowKind;
import io.tcpsnap.kernel.TcpState;
import io.tcpsnap.kernel.TimerKind;
import io.tcpsnap.kernel.TxEvent;

/** The enumerations of the tables. */
final class Enums {
    static final SqlType STATE = SqlType.enumOf("tcp_state", TcpState.values());
    static final SqlType TIMER = SqlType.lowerCaseEnumOf("tcp_timer", TimerKind.values());
    static final SqlType ROW_KIND = SqlType.lowerCaseEnumOf("tcp_row_kind", RowKind.values());
    static final SqlType TX_EVENT = SqlType.enumOf("tx_event", TxEvent.values());

    private Enums() {}
}
