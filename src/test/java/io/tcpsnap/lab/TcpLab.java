package io.tcpsnap.lab;

/**
 * A network namespace with sockets in every state that TCP has, in both families, made by a peer in another namespace.
 *
 * <p>Two JVMs hold the ends; see {@link Ports} for what is connected to what. TIME_WAIT and SYN_RECV go after about a
 * minute, the others stay as long as the lab.
 */
public final class TcpLab implements AutoCloseable {
    private final Ends ends;

    private TcpLab(Ends ends) {
        this.ends = ends;
    }

    /** Returns once every state is reached. */
    public static TcpLab open() {
        Ends ends = Ends.start(NearEnd.class, FarEnd.class);
        try {
            TcpLab lab = new TcpLab(ends);
            lab.build();
            return lab;
        } catch (RuntimeException e) {
            ends.close();
            throw e;
        }
    }

    private void build() {
        Child near = ends.near();
        Child far = ends.far();
        Namespace peer = ends.link().far();
        peer.filter("-A INPUT -p tcp --dport " + Ports.SILENT + " -j DROP");
        peer.filter("-A INPUT -p tcp --sport " + Ports.HALF_OPEN + ":" + Ports.HALF_OPEN_DUAL + " -j DROP");
        mark();
        // an ACK that a busy machine delivers behind the last one makes the peer send RST, which ends TIME_WAIT
        namespace().run("sysctl", "-qw", "net.ipv4.tcp_rfc1337=1");
        far.tell("listen");
        near.tell("listen");
        far.tell("connect");
        near.tell("accept");
        near.tell("connect");
        near.tell("orphan");
        near.tell("await close");
        far.tell("await connections");
        peer.filter("-A INPUT -p tcp --dport " + Ports.CUT_HOLD + ":" + Ports.CUT_CLOSE_LATER + " -j DROP");
        near.tell("cut");
        far.tell("close");
        near.tell("settle");
    }

    /** Accepted connections inherit the mark of their SYN: not every mark is 0. */
    private void mark() {
        namespace().run("sysctl", "-qw", "net.ipv4.tcp_fwmark_accept=1");
        namespace().filter("-t mangle -A PREROUTING -p tcp --dport " + Ports.QUEUE + " -j MARK --set-mark 42");
    }

    /** The namespace to record. */
    public Namespace namespace() {
        return ends.link().near();
    }

    @Override
    public void close() {
        ends.close();
    }
}
