package io.tcpsnap.complete;

/**
 * What may stand at a place.
 *
 * @param text as it is to be written
 * @param doc what to say beside it, null for nothing
 */
public record Item(String text, Group group, String doc) {
    /** Kinds of items, the likeliest first. */
    public enum Group {
        VALUES,
        COLUMNS,
        TABLES,
        FUNCTIONS,
        SETTINGS,
        KEYWORDS
    }
}
