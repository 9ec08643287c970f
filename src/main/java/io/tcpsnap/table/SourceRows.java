package io.tcpsnap.table;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.decode.Snapshot;
import java.util.List;
import java.util.function.Function;

/** Rows of the entries of a tick that one decoder reads; the decoder is the row. */
final class SourceRows<D extends Decoder> implements TickRows<D> {
    private final List<String> sources;
    private final D decoder;
    private Tick tick;
    private Snapshot snapshot;
    private int source;
    private boolean open;

    /** @param sources paths of the entries, in the order of their rows */
    SourceRows(List<String> sources, Function<ProblemSink, D> decoder, ProblemSink problems) {
        this.sources = sources;
        this.decoder = decoder.apply(problems);
    }

    @Override
    public void begin(Tick tick, Snapshot snapshot) {
        this.tick = tick;
        this.snapshot = snapshot;
        source = 0;
        open = false;
    }

    @Override
    public D next() {
        while (true) {
            if (open && decoder.next()) {
                return decoder;
            }
            if (source == sources.size()) {
                return null;
            }
            Entry entry = tick.entry(sources.get(source++));
            open = entry != null;
            if (open) {
                decoder.reset(snapshot, entry.path(), entry.bytes(), entry.length());
            }
        }
    }
}
