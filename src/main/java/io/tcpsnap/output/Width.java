package io.tcpsnap.output;

/** Columns that text takes on a terminal: East Asian wide characters take two, combining marks none. */
final class Width {
    private Width() {}

    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += of(text.codePointAt(i));
        }
        return width;
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        // the vowels and finals that a Hangul syllable joins to its first letter
        if (c >= 0x1160 && c <= 0x11ff) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    /** The blocks of Unicode's East Asian Width W and F that matter in practice. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x231a && c <= 0x231b)
                || (c >= 0x23e9 && c <= 0x23ec)
                || (c >= 0x2e80 && c <= 0xa4cf && c != 0x303f)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
