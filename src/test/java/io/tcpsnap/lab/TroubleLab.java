package io.tcpsnap.lab;

/**
 * A network namespace with sockets that things go wrong with, and with Fast Open, in both families and v4-mapped; see
 * {@link Ports}.
 *
 * <ul>
 *   <li>data that is lost, with each congestion control;
 *   <li>a peer that closed its window, and one that was silent, both gone: probes without answers;
 *   <li>more SYNs than a backlog holds, with SYN cookies and without, and a full accept queue;
 *   <li>SYNs with data, as client and as server, a Fast Open child in SYN_RECV, and a connect() that waits for data.
 * </ul>
 */
public final class TroubleLab implements AutoCloseable {
    private static final int FAST_OPEN_BOTH_WAYS = 3;

    private final Ends ends;

    private TroubleLab(Ends ends) {
        this.ends = ends;
    }

    /** Returns once everything is as described, but for losses, which go on. */
    public static TroubleLab open() {
        Ends ends = Ends.start(TroubledEnd.class, TroublingEnd.class);
        try {
            TroubleLab lab = new TroubleLab(ends);
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
        for (Namespace end : new Namespace[] {ends.link().near(), peer}) {
            end.run("sysctl", "-qw", "net.ipv4.tcp_fastopen=" + FAST_OPEN_BOTH_WAYS);
        }
        peer.filter("-A INPUT -p tcp --dport " + Ports.DEAF + ":" + Ports.DEAF_LAST + " -j DROP");
        far.tell("listen");
        near.tell("listen");
        near.tell("connect");
        peer.filter(
                "-A INPUT -p tcp --dport " + Ports.LOSSY + " -m statistic --mode nth --every 12 --packet 0 -j DROP");
        peer.filter("-A INPUT -p tcp --dport " + Ports.ZERO_WINDOW + ":" + Ports.GONE + " -j DROP");
        near.tell("pour");
        near.tell("without cookies");
        far.tell("flood");
        near.tell("with cookies");
        far.tell("flood with cookies");
        far.tell("fill");
        far.tell("fast open");
        near.tell("fast open");
        near.tell("settle");
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
