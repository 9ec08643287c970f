package io.tcpsnap.cli;

import io.tcpsnap.archive.ArchiveBytes;
import io.tcpsnap.archive.ArchiveSet;
import io.tcpsnap.archive.Damage;
import io.tcpsnap.archive.Segment;
import io.tcpsnap.redact.AddressClass;
import io.tcpsnap.redact.Key;
import io.tcpsnap.redact.Policy;
import io.tcpsnap.redact.Redaction;
import io.tcpsnap.redact.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcpsnap redact}: safe to send. */
@Command(
        name = "redact",
        description = "Rename what identifies hosts, people and programs: an archive that is safe to send, and that all"
                + " queries and stock tools read as before.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Renamed unless kept: addresses, uids, inodes (and pids), cookies, pointers, hosts, namespaces, interfaces,",
            "cgroups, processes (and users), marks, mptcp (tokens), kernel (vendor's part of the release).",
            "Kept unless renamed: ports, ephemeral (ports from 32768 on), times (moved as a whole).",
            "MD5 keys, and whatever is unknown, are left out always; how much, the last tcpsnap.json says.",
            "",
            "Exit code 1: --check found something."
        })
final class RedactCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(paramLabel = "ARCHIVE", arity = "1..*", description = "Files, folders of segments, or globs.")
    private List<String> archives;

    @Option(
            names = "-o",
            paramLabel = "OUT",
            description = "The file to write, .tar.zst or .tgz, or a folder for one file for each segment. Without it"
                    + " --check looks into the archives as they are.")
    private Path out;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "32 bytes, or 64 hexadecimal digits: archives redacted with one key fit each other, and who has"
                            + " it can undo them. Without it a fresh key is used and forgotten.")
    private Path key;

    @Option(names = "--keep", paramLabel = "KIND", split = ",", description = "Do not rename these: uids,cgroups.")
    private List<String> keep = List.of();

    @Option(names = "--rename", paramLabel = "KIND", split = ",", description = "Rename these too: ports,times.")
    private List<String> rename = List.of();

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description =
                    "Addresses that stay in their class: loopback, private, link-local, multicast (all by default),"
                            + " or none.")
    private List<String> classes;

    @Option(
            names = "--zero-unknown",
            description = "Fill attributes that are unknown with zeros, instead of leaving them out.")
    private boolean zeroUnknown;

    @Option(
            names = "--check",
            paramLabel = "PATTERN",
            description =
                    "Look for an address or a text in what was written, in every form; exit 1 where it is there. May be"
                            + " given several times.")
    private List<String> check = List.of();

    @Override
    public Integer call() throws IOException {
        Search search = search();
        if (out == null && check.isEmpty()) {
            throw usage("say where to write: -o OUT");
        }
        Policy policy = policy();
        ArchiveSet set = ArchiveSet.open(archives);
        if (out == null) {
            return check(search, set.segments().stream().map(Segment::path).toList());
        }
        Redaction redaction = new Redaction(
                key == null ? Key.fresh() : Key.of(key), policy, CommandLines.tool(), RedactCommand::damaged);
        List<Path> written = redaction.run(set, out);
        redaction
                .account()
                .counts()
                .forEach((what, count) -> System.err.println("tcpsnap: left out: " + count + " " + what));
        written.forEach(System.out::println);
        return check(search, written);
    }

    private static void damaged(Damage damage) {
        System.err.println("tcpsnap: " + damage);
    }

    private Search search() {
        try {
            return new Search(check);
        } catch (IllegalArgumentException e) {
            throw usage("--check: " + e.getMessage());
        }
    }

    private int check(Search search, List<Path> files) throws IOException {
        int found = 0;
        for (Path file : check.isEmpty() ? List.<Path>of() : files) {
            if (Files.isDirectory(file)) {
                throw usage("--check looks into files: " + file + " is a folder");
            }
            for (Search.Hit hit : search.in(ArchiveBytes.open(file))) {
                System.err.println("tcpsnap: " + file + ": '" + hit.pattern() + "' is there " + hit.form()
                        + ", at byte " + hit.offset() + " of the tar");
                found++;
            }
        }
        if (!check.isEmpty() && found == 0) {
            System.err.println("tcpsnap: none of " + check.size() + " patterns is there");
        }
        return found == 0 ? CommandLines.OK : CommandLines.QUERY_FAILED;
    }

    private Policy policy() {
        Set<Policy.Kind> kinds = EnumSet.copyOf(Policy.byDefault().renamed());
        rename.forEach(word -> kinds.add(one(word, "--rename", Policy.Kind.values(), Policy.Kind::word)));
        keep.forEach(word -> kinds.remove(one(word, "--keep", Policy.Kind.values(), Policy.Kind::word)));
        Set<AddressClass> kept = EnumSet.allOf(AddressClass.class);
        if (classes != null) {
            kept.clear();
            classes.stream()
                    .filter(word -> !word.equals("none"))
                    .forEach(word -> kept.add(one(word, "--classes", AddressClass.values(), AddressClass::word)));
        }
        return new Policy(kinds, kept, zeroUnknown);
    }

    private <T> T one(String word, String option, T[] all, Function<T, String> name) {
        List<String> words = new ArrayList<>();
        for (T one : all) {
            if (name.apply(one).equals(word)) {
                return one;
            }
            words.add(name.apply(one));
        }
        throw usage(option + ": '" + word + "' is none of " + String.join(", ", words));
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
