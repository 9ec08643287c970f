package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The sources of a recording, of every network namespace that it is of. Belongs to the recording thread.
 *
 * <p>Copies of the recorder's own namespace, and those that speak of the whole machine, are at the top of the tick, those of
 * others below {@code netns/NAME/}.
 */
final class Sites implements Closeable {
    /** Stands among the names for the option that asks for it. */
    private static final String HANDED = "--accept-fds";

    private final List<String> paths = new ArrayList<>();
    private final Map<String, Source> own = new LinkedHashMap<>();
    /** Null where the recording is of the recorder's own alone. */
    private final OtherNamespaces others;
    /** Null where they are not recorded. */
    private final DestroyEvents events;

    private final DestroyCopy destroyed;
    private final NamespaceIds ids = new NamespaceIds();

    /**
     * @param refused hears of each source that the kernel does not give, by its path and the reason
     * @throws IOException where other namespaces are chosen and may not be entered, or nobody can listen for descriptors
     */
    Sites(Recorder.Options options, BiConsumer<String, String> refused) throws IOException {
        Set<String> names = options.sources().names();
        NamespaceChoice choice = options.namespaces();
        NamespaceSwitch thread = choice.isOwn() ? null : NamespaceSwitch.open();
        events = names.contains(Sources.DESTROY) ? new DestroyEvents(thread != null) : null;
        destroyed = events == null ? null : new DestroyCopy(events, "");
        Set<String> ofNamespace = Sources.ofNamespace(names);
        add(Sources.open(ofNamespace, Sources.PROC_NET, destroyed), choice.takesOwn(), refused);
        add(Sources.open(Sources.ofMachine(names), Sources.PROC_NET, null), true, refused);
        if (options.acceptFds() != null) {
            HandedSockets handed = new HandedSockets(UnixListener.open(options.acceptFds()));
            handed.start();
            add(Map.of(HANDED, handed), true, refused);
        }
        if (events != null) {
            events.start();
        }
        if (own.containsValue(destroyed)) {
            events.route(NamespaceIds.NONE, destroyed);
        }
        others = thread == null ? null : new OtherNamespaces(ofNamespace, choice, thread, events, ids);
    }

    private void add(Map<String, Source> sources, boolean recorded, BiConsumer<String, String> refused) {
        sources.forEach((name, source) -> {
            if (source.refusal() != null) {
                refused.accept(source.path(), source.refusal());
                source.close();
                return;
            }
            paths.add(source.path());
            if (recorded) {
                own.put(name, source);
            }
        });
    }

    /** Paths of the sources that are copied of each namespace, or of the machine. */
    List<String> paths() {
        return paths;
    }

    /**
     * What is to be copied now.
     *
     * @param due names of the sources
     */
    List<Source> now(Set<String> due) {
        List<Source> all = new ArrayList<>();
        own.forEach((name, source) -> {
            if (due.contains(name) || name.equals(HANDED)) {
                all.add(source);
            }
        });
        if (others != null) {
            routeOwn();
            all.addAll(others.now(due));
        }
        return all;
    }

    /** By its id, which it may have got meanwhile. */
    private void routeOwn() {
        if (own.containsValue(destroyed)) {
            try {
                events.route(ids.of(NetNamespaces.OWN), destroyed);
            } catch (LastErrorException e) {
                return; // as before, until it can be asked again
            }
        }
    }

    @Override
    public void close() {
        own.values().forEach(Source::close);
        if (others != null) {
            others.close();
        }
        if (events != null) {
            events.close();
        }
    }
}
