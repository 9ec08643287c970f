package io.tcpsnap.lab;

/**
 * A network namespace with sockets in every state that TCP has, in both families, made by a peer in another namespace.
 *
 * <p>Two JVMs hold the ends; see {@link Ports} for what is connected to what. TIME_WAIT and SYN_RECV go after about a
 * minute, the others stay as long as the lab.
 */
public final class TcpLab implements AutoCloseable {
    private final Link link;
    private final Child near;
    private final Child far;

    private TcpLab(Link link, Child near, Child far) {
        this.link = link;
        this.near = near;
        this.far = far;
    }

    /** Returns once every state is reached. */
    public static TcpLab open() {
        Link link = Link.create();
        TcpLab lab = null;
        try {
            lab = new TcpLab(link, Child.start(link.near(), NearEnd.class), Child.start(link.far(), FarEnd.class));
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            if (lab == null) {
                link.close();
            } else {
                lab.close();
            }
            throw e;
        }
    }

    private void build() {
        Namespace peer = link.far();
        peer.filter("-A INPUT -p tcp --dport " + Ports.SILENT + " -j DROP");
        peer.filter("-A INPUT -p tcp --sport " + Ports.HALF_OPEN + ":" + Ports.HALF_OPEN_DUAL + " -j DROP");
        mark();
        far.tell("listen");
        near.tell("listen");
        far.tell("connect");
        near.tell("accept");
        near.tell("connect");
        near.tell("orphan");
        peer.filter("-A INPUT -p tcp --dport " + Ports.CUT_HOLD + ":" + Ports.CUT_CLOSE_LATER + " -j DROP");
        near.tell("cut");
        far.tell("close");
        near.tell("settle");
    }

    /** Accepted connections inherit the mark of their SYN: not every mark is 0. */
    private void mark() {
        link.near().run("sysctl", "-qw", "net.ipv4.tcp_fwmark_accept=1");
        link.near().filter("-t mangle -A PREROUTING -p tcp --dport " + Ports.QUEUE + " -j MARK --set-mark 42");
    }

    /** The namespace to record. */
    public Namespace namespace() {
        return link.near();
    }

    @Override
    public void close() {
        near.close();
        far.close();
        link.close();
    }
}
