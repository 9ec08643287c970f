package io.tcpsnap.capture;

/** A source that is copied in another network namespace, where it leaves nothing open between copies. */
final class InNamespace implements Source {
    private final NamespaceSwitch thread;
    private final Source source;
    private final String path;
    private NetNamespace namespace;

    InNamespace(NamespaceSwitch thread, NetNamespace namespace, Source source) {
        this.thread = thread;
        this.namespace = namespace;
        this.source = source;
        this.path = namespace.prefix() + source.path();
    }

    /** The same namespace is to be found elsewhere from now on. */
    void found(NetNamespace again) {
        namespace = again;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public int sockets() {
        return source.sockets();
    }

    @Override
    public void take(CopyBuffer into) throws SourceException {
        thread.enter(namespace);
        try {
            source.take(into);
        } finally {
            source.close();
            thread.leave();
        }
    }
}
