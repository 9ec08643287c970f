package io.tcpsnap.redact;

import java.util.regex.Pattern;

/** {@code snmp}, {@code netstat}, {@code snmp6}, {@code sockstat}, {@code sockstat6}, {@code softnet_stat}: only numbers and the kernel's names. */
final class CounterLines extends LineRedaction {
    private static final String QUOTE = "[>|\\s]*";
    private static final String PROTOCOL =
            "(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Ip6|Icmp6|Udp6|UdpLite6)";
    private static final String COUNTS = "(?:(?:\\s+[A-Z][A-Za-z0-9]{1,40})+|(?:\\s+-?\\d{1,20})+)";

    static final Pattern SNMP = Pattern.compile(QUOTE + PROTOCOL + ":" + COUNTS + "\\s*");
    static final Pattern SNMP6 =
            Pattern.compile(QUOTE + "(?:Ip6|Icmp6|Udp6|UdpLite6)[A-Za-z0-9]{1,40}\\s+\\d{1,20}\\s*");
    static final Pattern SOCKSTAT = Pattern.compile(QUOTE + "(?:sockets|TCP6?|UDP6?|UDPLITE6?|RAW6?|FRAG6?):"
            + "(?:\\s+(?:used|inuse|orphan|tw|alloc|mem|memory)\\s+-?\\d{1,20})+\\s*");
    static final Pattern SOFTNET = Pattern.compile(QUOTE + "(?:[0-9a-f]{8}\\s+)*[0-9a-f]{8}\\s*");

    private final Pattern form;

    CounterLines(Pattern form, Account account) {
        super(account);
        this.form = form;
    }

    @Override
    String line(String line) {
        return form.matcher(line).matches() ? line : null;
    }
}
