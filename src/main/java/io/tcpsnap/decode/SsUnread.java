package io.tcpsnap.decode;

import java.util.LinkedHashMap;
import java.util.Map;

/** What of ss text was not understood, by what is wrong: one problem for each, with the first place and a count. */
final class SsUnread {
    private static final int KINDS = 100;
    private static final String OTHERS = "more words are unknown";

    /** Where a kind was first met. */
    private static final class Place {
        final int from;
        final int to;
        int count;

        Place(int from, int to) {
            this.from = from;
            this.to = to;
        }
    }

    /** Hears of each kind. */
    @FunctionalInterface
    interface Report {
        void problem(int from, int to, String reason);
    }

    private final Map<String, Place> places = new LinkedHashMap<>();

    void add(String kind, int from, int to) {
        boolean full = places.size() >= KINDS && !places.containsKey(kind);
        places.computeIfAbsent(full ? OTHERS : kind, k -> new Place(from, to)).count++;
    }

    /** A word of the input, fit to be part of a sentence. */
    static String name(String word) {
        String printable = word.replaceAll("[^!-~]", "?");
        return printable.length() > 40 ? printable.substring(0, 40) + "..." : printable;
    }

    /** Reports everything and forgets it. */
    void report(Report report) {
        places.forEach((kind, place) -> report.problem(place.from, place.to, kind + ": " + place.count + " times"));
        places.clear();
    }
}
