package io.tcpsnap.table;

import io.tcpsnap.decode.ProblemSink;
import java.util.function.Function;

/**
 * A table whose rows come out of ticks.
 *
 * @param table its declaration
 * @param rows makes a row source for one thread, which tells the sink what does not decode
 * @param <R> the row
 */
public record TickTable<R>(Table<R> table, Function<ProblemSink, TickRows<R>> rows) {}
