package io.tcpsnap.table;

import static io.tcpsnap.kernel.UlpInfo.MPTCP_FLAGS;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_ID_LOC;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_ID_REM;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_MAP_DATALEN;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_MAP_SEQ;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_MAP_SFSEQ;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_RELWRITE_SEQ;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_SSN_OFFSET;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_TOKEN_LOC;
import static io.tcpsnap.kernel.UlpInfo.MPTCP_TOKEN_REM;
import static io.tcpsnap.kernel.UlpInfo.NAME;
import static io.tcpsnap.kernel.UlpInfo.TLS_CIPHER;
import static io.tcpsnap.kernel.UlpInfo.TLS_RXCONF;
import static io.tcpsnap.kernel.UlpInfo.TLS_RX_NO_PAD;
import static io.tcpsnap.kernel.UlpInfo.TLS_TXCONF;
import static io.tcpsnap.kernel.UlpInfo.TLS_VERSION;
import static io.tcpsnap.kernel.UlpInfo.TLS_ZC_RO_TX;

import io.tcpsnap.decode.InetDiagRow;
import io.tcpsnap.kernel.UlpInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of the attribute ULP_INFO. Expressions are from net/tls/tls_main.c tls_get_info() and net/mptcp/diag.c
 * subflow_get_info(), 6.18.
 */
final class UlpInfoColumns {
    private static final String CONF = ": 1 not offloaded to the kernel, 2 by its software, 3 by the device, 4 by the"
            + " device with the whole TCP connection.";
    private static final String ADMIN = " Sent to CAP_NET_ADMIN only.";

    private UlpInfoColumns() {}

    static List<Column<InetDiagRow>> columns() {
        List<Column<InetDiagRow>> columns = new ArrayList<>(tls());
        columns.addAll(mptcp());
        return columns;
    }

    private static List<Column<InetDiagRow>> tls() {
        return List.of(
                Column.<InetDiagRow>text("ulp", row -> row.text(NAME.attribute()))
                        .kernel("icsk->icsk_ulp_ops->name")
                        .since("5.4")
                        .absentWhen(row -> !row.has(NAME.attribute(), 1), InetDiagAttributes.ABSENT)
                        .doc("Name of the upper layer protocol: tls, mptcp."),
                number("tls_version", SqlType.USMALLINT, TLS_VERSION)
                        .kernel("ctx->prot_info.version")
                        .since("5.4")
                        .doc("Version of TLS as on the wire: 771 (0x0303) is 1.2, 772 is 1.3."),
                number("tls_cipher", SqlType.USMALLINT, TLS_CIPHER)
                        .kernel("ctx->prot_info.cipher_type")
                        .since("5.4")
                        .doc("Cipher: 51 AES-GCM-128, 52 AES-GCM-256, 53 AES-CCM-128, 54 ChaCha20-Poly1305, 55 SM4-GCM,"
                                + " 56 SM4-CCM, 57 ARIA-GCM-128, 58 ARIA-GCM-256."),
                number("tls_txconf", SqlType.USMALLINT, TLS_TXCONF)
                        .kernel("tls_user_config(ctx, true)")
                        .since("5.4")
                        .doc("How sending is encrypted" + CONF),
                number("tls_rxconf", SqlType.USMALLINT, TLS_RXCONF)
                        .kernel("tls_user_config(ctx, false)")
                        .since("5.4")
                        .doc("How receiving is decrypted" + CONF),
                flag("tls_zc_ro_tx", TLS_ZC_RO_TX)
                        .kernel("ctx->zerocopy_sendfile")
                        .since("5.19")
                        .doc("True where sendfile() does not copy (TLS_TX_ZEROCOPY_RO)."),
                flag("tls_rx_no_pad", TLS_RX_NO_PAD)
                        .kernel("ctx->rx_no_pad")
                        .since("6.0")
                        .doc("True where the peer promised not to pad records (TLS_RX_EXPECT_NO_PAD)."));
    }

    private static List<Column<InetDiagRow>> mptcp() {
        return List.of(
                number("mptcp_token_rem", SqlType.UINTEGER, MPTCP_TOKEN_REM)
                        .kernel("sf->remote_token")
                        .since("5.7")
                        .doc("Token of the connection at the peer; 0 on the first subflow."),
                number("mptcp_token_loc", SqlType.UINTEGER, MPTCP_TOKEN_LOC)
                        .kernel("sf->token")
                        .since("5.7")
                        .doc("Token of the MPTCP connection that the subflow is part of: token of mptcp_info."),
                number("mptcp_relwrite_seq", SqlType.UINTEGER, MPTCP_RELWRITE_SEQ)
                        .kernel("sf->rel_write_seq")
                        .since("5.7")
                        .doc("Next sequence number to send, relative to the subflow's start." + ADMIN),
                number("mptcp_map_seq", SqlType.UBIGINT, MPTCP_MAP_SEQ)
                        .kernel("sf->map_seq")
                        .since("5.7")
                        .doc("Data sequence number at which the current mapping of received data starts." + ADMIN),
                number("mptcp_map_sfseq", SqlType.UINTEGER, MPTCP_MAP_SFSEQ)
                        .kernel("sf->map_subflow_seq")
                        .since("5.7")
                        .doc("Subflow sequence number at which the mapping starts, relative." + ADMIN),
                number("mptcp_ssn_offset", SqlType.UINTEGER, MPTCP_SSN_OFFSET)
                        .kernel("sf->ssn_offset")
                        .since("5.7")
                        .doc("TCP sequence number that relative ones of the subflow count from." + ADMIN),
                number("mptcp_map_datalen", SqlType.USMALLINT, MPTCP_MAP_DATALEN)
                        .unit("bytes")
                        .kernel("sf->map_data_len")
                        .since("5.7")
                        .doc("Length of the mapping." + ADMIN),
                number("mptcp_flags", SqlType.UINTEGER, MPTCP_FLAGS)
                        .since("5.7")
                        .doc("Of the subflow, as bits: 1 MP_CAPABLE of the peer, 2 of this side, 4 MP_JOIN of the peer,"
                                + " 8 of this side, 16 backup for the peer, 32 for this side, 64 fully established,"
                                + " 128 connected, 256 mapping valid."),
                number("mptcp_id_rem", SqlType.UTINYINT, MPTCP_ID_REM)
                        .kernel("sf->remote_id")
                        .since("5.7")
                        .doc("Identifier of the peer's address."),
                number("mptcp_id_loc", SqlType.UTINYINT, MPTCP_ID_LOC)
                        .kernel("subflow_get_local_id(sf)")
                        .since("5.7")
                        .doc("Identifier of the local address."));
    }

    private static Column<InetDiagRow> number(String name, SqlType type, UlpInfo info) {
        int attribute = info.attribute();
        int width = info.width();
        return Column.<InetDiagRow>number(name, type, row -> row.field(attribute, 0, width))
                .absentWhen(row -> !row.has(attribute, width), InetDiagAttributes.ABSENT)
                .batch((row, rows, out, first) -> row.fields(attribute, 0, width, rows, out.longs, out.present, first));
    }

    /** What is sent where it is true. */
    private static Column<InetDiagRow> flag(String name, UlpInfo info) {
        return Column.<InetDiagRow>flag(name, row -> true)
                .absentWhen(row -> !row.has(info.attribute(), 0), "not sent: off, or not known to the kernel");
    }
}
