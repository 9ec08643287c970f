package io.tcpsnap.plot;

/**
 * What pictures are drawn with.
 *
 * <p>A character holds a grid of dots: 2 by 4 in braille; 1 by 8 in blocks, which fill what is below a dot; 1 by 2 in ASCII.
 */
public enum Glyphs {
    BRAILLE(2, 4),
    BLOCK(1, 8),
    ASCII(1, 2);

    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String LEVELS = " .':";
    /** Bits of the dots of a braille character, by row from above, left then right. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    final int across;
    final int down;

    Glyphs(int across, int down) {
        this.across = across;
        this.down = down;
    }

    /** The glyphs with this name, or null. */
    public static Glyphs of(String name) {
        for (Glyphs glyphs : values()) {
            if (glyphs.label().equals(name)) {
                return glyphs;
            }
        }
        return null;
    }

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean isUnicode() {
        return this != ASCII;
    }

    /** The character with these dots, given by row from above. */
    char of(boolean[][] dots) {
        return switch (this) {
            case BRAILLE -> braille(dots);
            case BLOCK -> BLOCKS.charAt(highest(dots));
            case ASCII -> LEVELS.charAt((dots[0][0] ? 2 : 0) + (dots[1][0] ? 1 : 0));
        };
    }

    private static char braille(boolean[][] dots) {
        int bits = 0;
        for (int y = 0; y < 4; y++) {
            bits |= (dots[y][0] ? DOTS[y][0] : 0) | (dots[y][1] ? DOTS[y][1] : 0);
        }
        return bits == 0 ? ' ' : (char) (0x2800 + bits);
    }

    /** Height of the highest dot, 0 for none. */
    private static int highest(boolean[][] dots) {
        for (int y = 0; y < dots.length; y++) {
            if (dots[y][0]) {
                return dots.length - y;
            }
        }
        return 0;
    }
}
