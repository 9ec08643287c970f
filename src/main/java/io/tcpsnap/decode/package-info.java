/**
 * Bytes of one source to rows: one class for each /proc file and for the sock_diag dump.
 *
 * <p>Each decoder is a cursor that is its own row: {@link io.tcpsnap.decode.Decoder#reset reset} gives it the bytes of a
 * tick, {@link io.tcpsnap.decode.Decoder#next next} moves to the next row, and accessors named after the kernel's fields
 * read it without allocation. What does not decode goes to a {@link io.tcpsnap.decode.ProblemSink}, never to a zero.
 *
 * <p>May use {@code kernel} only: knows nothing of archives, tables or databases.
 */
package io.tcpsnap.decode;
