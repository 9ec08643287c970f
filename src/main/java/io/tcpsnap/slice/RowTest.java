package io.tcpsnap.slice;

/** Whether the row of a connection is wanted; addresses as text. */
@FunctionalInterface
interface RowTest {
    boolean wants(String local, int localPort, String remote, int remotePort);
}
