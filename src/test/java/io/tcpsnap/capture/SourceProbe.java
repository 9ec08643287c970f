package io.tcpsnap.capture;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/** One source outside of a recording. */
public final class SourceProbe {
    private final Source source;
    private final CopyBuffer copy = new CopyBuffer();

    /** @param name as in {@link Sources#names} */
    public SourceProbe(String name) {
        source = Sources.open(Set.of(name), Sources.PROC_NET, null).get(name);
    }

    /** Copies the source as it is now; returns how many bytes. */
    public int take() throws IOException {
        copy.clear();
        try {
            source.take(copy);
        } catch (SourceException e) {
            throw new IOException(source.path() + ": " + e.getMessage(), e);
        }
        return copy.length();
    }

    /** What the last {@link #take} copied. */
    public byte[] bytes() {
        return Arrays.copyOf(copy.bytes(), copy.length());
    }
}
