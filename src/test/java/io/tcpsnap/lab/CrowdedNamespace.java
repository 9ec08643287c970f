package io.tcpsnap.lab;

import java.util.ArrayList;
import java.util.List;

/** A network namespace with some {@link Crowd}s in it. */
public final class CrowdedNamespace implements AutoCloseable {
    private final Link link = Link.create();
    private final List<Child> crowds = new ArrayList<>();

    private CrowdedNamespace() {}

    /** Returns once there are so many connections, each with two sockets, in so many processes. */
    public static CrowdedNamespace open(int processes, int connectionsOfEach) {
        CrowdedNamespace namespace = new CrowdedNamespace();
        try {
            for (int i = 0; i < processes; i++) {
                Child crowd = Child.start(namespace.link.near(), Crowd.class);
                namespace.crowds.add(crowd);
                crowd.tell(String.valueOf(connectionsOfEach));
            }
            return namespace;
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    public Namespace namespace() {
        return link.near();
    }

    @Override
    public void close() {
        crowds.forEach(Child::close);
        link.close();
    }
}
