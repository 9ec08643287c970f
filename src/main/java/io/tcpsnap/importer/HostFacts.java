package io.tcpsnap.importer;

import io.tcpsnap.archive.Manifest;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files beside the copies say of their host: hostname, uname, date and version of a sosreport or of a script, or
 * the manifest of an archive that was extracted. The first word on a fact counts.
 */
final class HostFacts {
    private static final Pattern FILE = Pattern.compile("(.*?/|)(?:"
            + "(?:sos_commands/(?:host|general|kernel|date)/)?(hostname|uname|uname_-a|date|date_--utc)"
            + "|etc/(hostname)|proc/(version)|proc/sys/kernel/(hostname|osrelease)|(tcpsnap\\.json))");
    private static final Pattern UNAME =
            Pattern.compile("Linux (\\S+) (\\S+) (#.*?) (x86_64|i[3-6]86|aarch64\\S*|arm\\S*|ppc\\S*|s390x?|riscv\\S*"
                    + "|mips\\S*|loongarch\\S*|sparc\\S*|alpha|ia64|m68k|parisc\\S*)(?: .*)?");
    private static final Pattern VERSION = Pattern.compile("Linux version (\\S+) .*?(#\\d.*)");
    private static final Pattern BIG =
            Pattern.compile("s390x?|ppc(?:64)?|sparc(?:64)?|m68k|parisc(?:64)?|.*_be|armv?.*b");
    private static final Pattern LITTLE = Pattern.compile(
            "x86_64|i[3-6]86|aarch64|armv\\d+l|ppc64le|riscv(?:32|64)|loongarch64|mips\\d*el|alpha|ia64");
    static final int LONGEST = 1 << 20;

    private Manifest manifest;
    private String host;
    /** The name by uname, which hostname files may say in full. */
    private String nodename;

    private String kernel;
    private String kernelVersion;
    private String machine;
    private Instant when;

    /** The folder, with its slash, that a file says something of; null where the file is none of those. */
    static String root(String path) {
        Matcher file = FILE.matcher(path);
        return file.matches() ? file.group(1) : null;
    }

    /** Takes what a file says, which {@link #root} knows; what makes no sense is passed over. */
    void take(String path, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String file = path.substring(path.lastIndexOf('/') + 1);
        switch (file) {
            case "hostname" -> host = host == null ? name(text) : host;
            case "osrelease" -> kernel = kernel == null ? word(text) : kernel;
            case "uname", "uname_-a" -> uname(text);
            case "version" -> version(text);
            case "tcpsnap.json" -> manifest(bytes);
            default -> date(text);
        }
    }

    private static String word(String text) {
        return text.matches("\\S{1,200}") ? text : null;
    }

    private static String name(String text) {
        return text.matches("[\\w.-]{1,200}") ? text : null;
    }

    private void uname(String text) {
        Matcher uname = UNAME.matcher(text);
        if (uname.matches()) {
            nodename = name(uname.group(1));
            kernel = uname.group(2);
            kernelVersion = uname.group(3);
            machine = uname.group(4);
        }
    }

    private void version(String text) {
        Matcher version = VERSION.matcher(text);
        if (version.matches()) {
            kernel = kernel == null ? version.group(1) : kernel;
            kernelVersion = kernelVersion == null ? version.group(2) : kernelVersion;
        }
    }

    private void manifest(byte[] bytes) {
        try {
            manifest = Manifest.parse(bytes, bytes.length);
        } catch (IOException e) {
            // the copies stand without it
        }
    }

    private void date(String text) {
        if (when == null) {
            when = text.lines()
                    .limit(20)
                    .map(Times::ofLine)
                    .filter(time -> time != null)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** When the copies were taken; null where no file says. */
    Instant when() {
        return when;
    }

    void setHost(String name) {
        host = name == null || name(name) == null ? host : name;
    }

    String host() {
        if (manifest != null) {
            return manifest.host();
        }
        return host == null ? nodename : host;
    }

    String machine() {
        return manifest != null ? manifest.machine() : machine;
    }

    /** Of the machine; null where it is unknown, or a name that stands for both. */
    ByteOrder byteOrder() {
        if (manifest != null && manifest.byteOrder() != null) {
            return manifest.byteOrder();
        }
        String name = machine() == null ? "" : machine().toLowerCase(Locale.ROOT);
        if (LITTLE.matcher(name).matches()) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return BIG.matcher(name).matches() ? ByteOrder.BIG_ENDIAN : null;
    }

    /** USER_HZ; 0 where unknown. */
    int clockTick() {
        return manifest != null ? manifest.clockTick() : 0;
    }

    String kernel() {
        return manifest != null ? manifest.kernel() : kernel;
    }

    String kernelVersion() {
        return manifest != null ? manifest.kernelVersion() : kernelVersion;
    }

    String bootId() {
        return manifest != null ? manifest.bootId() : null;
    }

    String netns() {
        return manifest != null ? manifest.netns() : null;
    }
}
