package io.tcpsnap.capture;

/** The destroy messages of one network namespace, those since the copy before. */
final class DestroyCopy implements Source {
    private final DestroyEvents events;
    private final String path;
    /** Guarded by {@link #events}, as the rest. */
    private final CopyBuffer waiting = new CopyBuffer();

    private long reported;

    /** @param prefix of the path */
    DestroyCopy(DestroyEvents events, String prefix) {
        this.events = events;
        this.path = prefix + "sock_diag/destroy";
    }

    /** Where {@link DestroyEvents} puts what it receives. */
    CopyBuffer waiting() {
        return waiting;
    }

    @Override
    public String refusal() {
        return events.refusal() == 0 ? null : Errno.name(events.refusal());
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public void take(CopyBuffer into) throws SourceException {
        synchronized (events) {
            into.append(waiting.bytes(), 0, waiting.length());
            events.taken(waiting.length());
            waiting.clear();
        }
        if (events.refusal() != 0) {
            throw new SourceException(events.refusal());
        }
        long lost = events.lost() - reported;
        if (lost > 0) {
            reported += lost;
            throw new SourceException(Errno.name(Errno.ENOBUFS) + ": " + lost + " lost" + events.scope());
        }
    }

    @Override
    public void close() {
        events.remove(this);
    }
}
