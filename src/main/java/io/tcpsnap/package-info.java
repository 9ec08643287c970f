/**
 * tcpsnap: flight recorder and post-mortem lab for Linux TCP.
 *
 * <p>Start reading here, in the order of the data: {@code capture.Recorder} takes copies, {@code archive.SegmentWriter}
 * stores them, {@code archive.Segment#read} gives them back, {@code decode.ProcNetTcp#next} makes rows of them, {@code
 * table.Tables#ALL} says what each column means, {@code duckdb.Database#execute} answers in SQL.
 */
package io.tcpsnap;
