package io.tcpsnap.table;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.decode.Snapshot;
import java.util.List;
import java.util.function.Function;

/** Rows of the entries of a tick that one decoder reads; the decoder is the row. */
final class SourceRows<R extends Decoder> implements TickRows<R> {
    private final List<String> sources;
    private final R decoder;
    private Tick tick;
    private Snapshot snapshot;
    private int source;
    private boolean open;

    /** @param sources paths of the entries, in the order of their rows */
    SourceRows(List<String> sources, Function<ProblemSink, ? extends R> decoder, ProblemSink problems) {
        this.sources = sources;
        this.decoder = decoder.apply(problems);
        this.source = sources.size();
    }

    static <R extends Decoder> TickTable<R> table(
            Table<R> table, List<String> sources, Function<ProblemSink, ? extends R> decoder) {
        return new TickTable<>(table, problems -> new SourceRows<>(sources, decoder, problems));
    }

    @Override
    public void begin(Tick tick, Snapshot snapshot) {
        this.tick = tick;
        this.snapshot = snapshot;
        source = 0;
        open = false;
    }

    @Override
    public R next() {
        while (true) {
            if (open && decoder.next()) {
                return decoder;
            }
            open = false;
            if (source == sources.size()) {
                return null;
            }
            Entry entry = tick.entry(sources.get(source++));
            if (entry != null) {
                open = true;
                decoder.reset(snapshot, entry.path(), entry.bytes(), entry.length());
            }
        }
    }
}
