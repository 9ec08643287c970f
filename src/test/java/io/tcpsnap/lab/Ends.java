package io.tcpsnap.lab;

/** Two namespaces with a cable between them, and a JVM in each. */
record Ends(Link link, Child near, Child far) implements AutoCloseable {
    static Ends start(Class<?> near, Class<?> far) {
        Link link = Link.create();
        try {
            return new Ends(link, Child.start(link.near(), near), Child.start(link.far(), far));
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public void close() {
        near.close();
        far.close();
        link.close();
    }
}
