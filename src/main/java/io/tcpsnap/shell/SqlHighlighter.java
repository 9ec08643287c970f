package io.tcpsnap.shell;

import io.tcpsnap.sql.SqlKeywords;
import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.Locale;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours SQL while it is typed. */
final class SqlHighlighter implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String text) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        if (DotCommands.isCommand(text)) {
            return out.append(text, AttributedStyle.BOLD).toAttributedString();
        }
        for (Token token : SqlTokenizer.tokens(text)) {
            String word = text.substring(token.start(), token.end());
            out.append(word, style(token.kind(), word));
        }
        return out.toAttributedString();
    }

    private static AttributedStyle style(Kind kind, String word) {
        return switch (kind) {
            case COMMENT -> AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
            case STRING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case NUMBER -> AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
            case WORD ->
                SqlKeywords.ALL.contains(word.toLowerCase(Locale.ROOT))
                        ? AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN)
                        : AttributedStyle.DEFAULT;
            case BLANK, NAME, SEMICOLON, OTHER -> AttributedStyle.DEFAULT;
        };
    }
}
