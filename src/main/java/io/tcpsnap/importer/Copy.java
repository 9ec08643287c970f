package io.tcpsnap.importer;

import java.nio.ByteOrder;

/**
 * A copy and where it was found.
 *
 * @param order byte order of its messages; null where it has none
 * @param host facts of its host; copies of one host share the object
 */
record Copy(Place place, Found found, ByteOrder order, HostFacts host) {}
