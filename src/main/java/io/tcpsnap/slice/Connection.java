package io.tcpsnap.slice;

/**
 * What names a connection in a recording; of a listener the remote address is unspecified.
 *
 * @param netns as the column {@code netns} has it
 * @param local an address as text
 */
public record Connection(String host, String netns, String local, int localPort, String remote, int remotePort) {}
