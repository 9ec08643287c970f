package io.tcpsnap.importer;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Order of names as people number them: {@code tcp.2} before {@code tcp.10}. */
final class Names {
    private static final Pattern PART = Pattern.compile("\\d+|\\D+");

    static final Comparator<String> NATURAL = Names::compare;

    private Names() {}

    private static int compare(String a, String b) {
        Matcher one = PART.matcher(a);
        Matcher two = PART.matcher(b);
        boolean more = one.find();
        while (more == two.find()) {
            if (!more) {
                return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
            }
            int order = part(one.group(), two.group());
            if (order != 0) {
                return order;
            }
            more = one.find();
        }
        return more ? 1 : -1;
    }

    private static int part(String a, String b) {
        boolean numbers = a.charAt(0) <= '9' && a.charAt(0) >= '0' && b.charAt(0) <= '9' && b.charAt(0) >= '0';
        return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }
}
