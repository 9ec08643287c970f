package io.tcpsnap.capture;

import com.sun.jna.LastErrorException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sources in network namespaces other than the recorder's, while they come and go. One that is gone has one more copy,
 * of what was destroyed in it at the end; one that was chosen by name and is not there says so in each tick.
 */
final class OtherNamespaces implements Closeable {
    /** A namespace and what its copies are called: one that gets a name later is another. */
    private record Key(String prefix, long inode) {}

    private final Set<String> names;
    private final NamespaceChoice choice;
    private final NamespaceSwitch thread;
    private final DestroyEvents events;
    private final NetNamespaces namespaces = new NetNamespaces();
    private final NamespaceIds ids;
    private final long home = NetNamespaces.own();
    private final Map<Key, Site> sites = new LinkedHashMap<>();
    /** What is copied for the last time. */
    private List<Source> leaving = List.of();

    /** The sources of one of them; {@code destroyed} null where it is not recorded. */
    private record Site(Map<String, InNamespace> copied, DestroyCopy destroyed) {}

    /**
     * @param names those of {@link Sources#ofNamespace}
     * @param thread of the caller; closed with this
     * @param events null where they are not recorded
     */
    OtherNamespaces(
            Set<String> names, NamespaceChoice choice, NamespaceSwitch thread, DestroyEvents events, NamespaceIds ids) {
        this.names = new LinkedHashSet<>(names);
        this.names.remove(Sources.DESTROY);
        this.choice = choice;
        this.thread = thread;
        this.events = events;
        this.ids = ids;
    }

    /**
     * What is to be copied now.
     *
     * @param due names of the sources
     */
    List<Source> now(Set<String> due) {
        Map<Key, NetNamespace> there = new LinkedHashMap<>();
        for (NetNamespace namespace : namespaces.find(choice.ofProcesses()).values()) {
            if (namespace.inode() != home && choice.takes(namespace)) {
                there.put(new Key(namespace.prefix(), namespace.inode()), namespace);
            }
        }
        leaving.forEach(Source::close);
        leaving = forget(there.keySet());
        List<Source> sources = new ArrayList<>(absent(there.values()));
        sources.addAll(leaving);
        there.forEach((key, namespace) -> {
            Site site = sites.computeIfAbsent(key, unknown -> open(namespace));
            site.copied().forEach((name, source) -> {
                source.found(namespace);
                if (due.contains(name)) {
                    sources.add(source);
                }
            });
            if (site.destroyed() != null && due.contains(Sources.DESTROY)) {
                sources.add(routed(site.destroyed(), namespace));
            }
        });
        return sources;
    }

    private List<Source> absent(Collection<NetNamespace> there) {
        List<Source> absent = new ArrayList<>();
        for (String name : choice.names()) {
            if (there.stream().noneMatch(namespace -> name.equals(namespace.name()))) {
                absent.add(new RefusedSource("netns/" + name, Errno.ENOENT));
            }
        }
        return absent;
    }

    /** Forgets those that are gone; returns what they have left. */
    private List<Source> forget(Set<Key> there) {
        List<Source> left = new ArrayList<>();
        sites.forEach((key, site) -> {
            if (!there.contains(key) && site.destroyed() != null) {
                left.add(site.destroyed());
            }
        });
        sites.keySet().retainAll(there);
        return left;
    }

    private Site open(NetNamespace namespace) {
        Map<String, InNamespace> copied = new LinkedHashMap<>();
        Sources.open(names, thread.procNet(), null)
                .forEach((name, source) -> copied.put(name, new InNamespace(thread, namespace, source)));
        boolean gathers = events != null && events.refusal() == 0;
        return new Site(copied, gathers ? new DestroyCopy(events, namespace.prefix()) : null);
    }

    /** Each time anew: another namespace may have got the inode of one that ended. */
    private Source routed(DestroyCopy destroyed, NetNamespace namespace) {
        try {
            events.route(ids.assigned(namespace.file()), destroyed);
            return destroyed;
        } catch (LastErrorException e) {
            destroyed.close(); // what nobody takes must not fill the room of all
            return new RefusedSource(destroyed.path(), e.getErrorCode());
        }
    }

    @Override
    public void close() {
        sites.values().forEach(site -> site.copied().values().forEach(Source::close));
        thread.close();
    }
}
