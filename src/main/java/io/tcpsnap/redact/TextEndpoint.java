package io.tcpsnap.redact;

import io.tcpsnap.kernel.TextAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address and port as ss and netstat print them: {@code 10.0.0.1:22}, {@code [fe80::1]%eth0:22}, {@code db.example:ssh}. */
final class TextEndpoint {
    private static final Pattern FORM = Pattern.compile("(.+?)(?:%([^:%\\s]+))?:([^:%\\s]+)");
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9_-]{0,19}");

    private final Renaming renaming;

    TextEndpoint(Renaming renaming) {
        this.renaming = renaming;
    }

    static boolean isOne(String word) {
        return FORM.matcher(word).matches();
    }

    /** The word that takes its place. */
    String safe(String word) {
        Matcher m = FORM.matcher(word);
        if (!m.matches()) {
            return renaming.peer(word);
        }
        String scope = m.group(2) == null ? "" : "%" + renaming.device(m.group(2));
        return host(m.group(1)) + scope + ":" + port(m.group(3));
    }

    private String host(String host) {
        if (host.equals("*")) {
            return host;
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        byte[] address = TextAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        if (address == null) {
            return renaming.peer(host);
        }
        String safe = TextAddress.format(renaming.address(address));
        return bracketed ? "[" + safe + "]" : safe;
    }

    private String port(String port) {
        if (port.matches("[0-9]{1,5}") && Integer.parseInt(port) < 65536) {
            return String.valueOf(renaming.port(Integer.parseInt(port)));
        }
        boolean named = SERVICE.matcher(port).matches()
                && !renaming.policy().renames(Policy.Kind.PORTS)
                && !renaming.policy().renames(Policy.Kind.EPHEMERAL);
        return port.equals("*") || named ? port : "port-name";
    }
}
