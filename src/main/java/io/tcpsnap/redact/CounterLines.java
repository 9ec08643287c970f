package io.tcpsnap.redact;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * {@code snmp}, {@code netstat}, {@code snmp6}, {@code sockstat}, {@code sockstat6}, {@code softnet_stat}: only numbers and the
 * kernel's names.
 */
final class CounterLines extends LineRedaction {
    private static final Pattern PROTOCOL =
            Pattern.compile("(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Ip6|Icmp6|Udp6|UdpLite6):");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}");
    private static final Pattern NAME6 = Pattern.compile("(?:Ip6|Icmp6|Udp6|UdpLite6)[A-Za-z0-9]{1,40}");
    private static final Pattern KIND = Pattern.compile("(?:sockets|TCP6?|UDP6?|UDPLITE6?|RAW6?|FRAG6?):");
    private static final Pattern WHAT = Pattern.compile("used|inuse|orphan|tw|alloc|mem|memory");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{8}");

    static final Predicate<String[]> SNMP =
            words -> is(PROTOCOL, words[0]) && (rest(NAME, words) || rest(NUMBER, words));
    static final Predicate<String[]> SNMP6 = words -> words.length == 2 && is(NAME6, words[0]) && is(NUMBER, words[1]);
    static final Predicate<String[]> SOFTNET = words -> is(HEXADECIMAL, words[0]) && rest(HEXADECIMAL, words);
    static final Predicate<String[]> SOCKSTAT = words -> {
        boolean known = is(KIND, words[0]) && words.length % 2 == 1;
        for (int i = 1; known && i < words.length; i++) {
            known = is(i % 2 == 1 ? WHAT : NUMBER, words[i]);
        }
        return known;
    };

    private final Predicate<String[]> form;

    CounterLines(Predicate<String[]> form, Account account) {
        super(account);
        this.form = form;
    }

    private static boolean is(Pattern pattern, String word) {
        return pattern.matcher(word).matches();
    }

    private static boolean rest(Pattern pattern, String... words) {
        return Arrays.stream(words).skip(1).allMatch(word -> is(pattern, word));
    }

    @Override
    String line(String line) {
        String text = line.replaceFirst("^[>|\\s]+", "").strip();
        return text.isEmpty() || form.test(text.split("\\s+", -1)) ? line : null;
    }
}
