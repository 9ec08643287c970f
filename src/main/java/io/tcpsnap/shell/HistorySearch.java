package io.tcpsnap.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds statements by some of their letters: of each word the letters in order, the closer together the better. */
final class HistorySearch {
    private final List<String> newestFirst;

    HistorySearch(Iterable<String> oldestFirst) {
        List<String> entries = new ArrayList<>();
        oldestFirst.forEach(entries::add);
        Set<String> newest = new LinkedHashSet<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            newest.add(entries.get(i));
        }
        newestFirst = List.copyOf(newest);
    }

    /** A statement and how far apart its letters are. */
    private record Match(String entry, int gaps) {}

    /** What matches, the best first and the newest of equals; all where nothing is asked for. */
    List<String> find(String term) {
        String[] words = term.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        List<Match> matches = new ArrayList<>();
        for (String entry : newestFirst) {
            int gaps = gaps(entry.toLowerCase(Locale.ROOT), words);
            if (gaps >= 0) {
                matches.add(new Match(entry, gaps));
            }
        }
        matches.sort(Comparator.comparingInt(Match::gaps));
        return matches.stream().map(Match::entry).toList();
    }

    /** How many letters stand between those of the words; -1 where a word is missing. */
    private static int gaps(String entry, String[] words) {
        int sum = 0;
        for (String word : words) {
            int gaps = gaps(entry, word);
            if (gaps < 0) {
                return -1;
            }
            sum += gaps;
        }
        return sum;
    }

    private static int gaps(String entry, String word) {
        int least = -1;
        for (int start = 0; start < entry.length() && least != 0; start++) {
            int at = start;
            int found = 0;
            while (at < entry.length() && found < word.length()) {
                if (entry.charAt(at) == word.charAt(found)) {
                    found++;
                } else if (found == 0) {
                    break;
                }
                at++;
            }
            int gaps = at - start - word.length();
            if (found == word.length() && (least < 0 || gaps < least)) {
                least = gaps;
            }
        }
        return word.isEmpty() ? 0 : least;
    }
}
