package io.tcpsnap.table;

import io.tcpsnap.archive.Entry;
import io.tcpsnap.archive.Tick;
import io.tcpsnap.archive.TickPath;
import io.tcpsnap.decode.Decoder;
import io.tcpsnap.decode.ProblemSink;
import io.tcpsnap.decode.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Rows of the entries of a tick that one decoder reads; the decoder is the row. */
final class SourceRows<R extends Decoder> implements TickRows<R> {
    private final List<String> sources;
    private final R decoder;
    private Iterator<Copy> copies = Collections.emptyIterator();
    private boolean open;

    /** An entry, and the tick in the network namespace that it is from. */
    private record Copy(Entry entry, Snapshot snapshot) {}

    /** @param sources paths of the entries in the tree of their network namespace, in the order of their rows */
    SourceRows(List<String> sources, Function<ProblemSink, ? extends R> decoder, ProblemSink problems) {
        this.sources = sources;
        this.decoder = decoder.apply(problems);
    }

    static <R extends Decoder> TickTable<R> table(
            Table<R> table, List<String> sources, Function<ProblemSink, ? extends R> decoder) {
        return new TickTable<>(table, problems -> new SourceRows<>(sources, decoder, problems));
    }

    @Override
    public void begin(Tick tick, Snapshot snapshot) {
        open = false;
        List<Copy> found = new ArrayList<>();
        for (String source : sources) {
            for (Entry entry : tick.entries()) {
                if (entry.path().endsWith(source)) {
                    TickPath path = TickPath.of(entry.path());
                    if (path.source().equals(source)) {
                        found.add(new Copy(entry, snapshot.in(path.netns())));
                    }
                }
            }
        }
        copies = found.iterator();
    }

    @Override
    public R next() {
        while (true) {
            if (open && decoder.next()) {
                return decoder;
            }
            open = false;
            if (!copies.hasNext()) {
                return null;
            }
            open = true;
            Copy copy = copies.next();
            Entry entry = copy.entry();
            decoder.reset(copy.snapshot(), entry.path(), entry.bytes(), entry.length());
        }
    }
}
