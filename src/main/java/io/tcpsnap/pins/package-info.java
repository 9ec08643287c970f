/**
 * Pins: a window of time and a connection that every view and query is narrowed to. Knows what is pinned and the conditions
 * in SQL, and neither a database nor a terminal.
 */
package io.tcpsnap.pins;
