package io.tcpsnap.lab;

import java.util.concurrent.atomic.AtomicInteger;

/** Two namespaces with a cable between them: 10.99.0.1 and fd99::1 on one end, 10.99.0.2 and fd99::2 on the other. */
public final class Link implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Namespace near;
    private final Namespace far;

    private Link(Namespace near, Namespace far) {
        this.near = near;
        this.far = far;
    }

    public static Link create() {
        String prefix = "tcpsnap-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Namespace near = Namespace.create(prefix + "a");
        Namespace far;
        try {
            far = Namespace.create(prefix + "b");
        } catch (RuntimeException e) {
            near.close();
            throw e;
        }
        Link link = new Link(near, far);
        try {
            near.run("ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth0", "netns", far.name());
            link.address(near, 1);
            link.address(far, 2);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
        return link;
    }

    private void address(Namespace end, int number) {
        end.run("ip", "address", "add", "10.99.0." + number + "/24", "dev", "veth0");
        end.run("ip", "-6", "address", "add", "fd99::" + number + "/64", "dev", "veth0", "nodad");
        end.run("ip", "link", "set", "veth0", "up");
    }

    public Namespace near() {
        return near;
    }

    public Namespace far() {
        return far;
    }

    @Override
    public void close() {
        try (near) {
            far.close();
        }
    }
}
