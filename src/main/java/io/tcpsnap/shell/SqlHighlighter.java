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
    private final Editing editing;

    SqlHighlighter(Editing editing) {
        this.editing = editing;
    }

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        if (DotCommands.isCommand(text)) {
            AttributedStyle bold = editing.theme() == Theme.NONE ? AttributedStyle.DEFAULT : AttributedStyle.BOLD;
            return out.append(text, bold).toAttributedString();
        }
        for (Token token : SqlTokenizer.tokens(text)) {
            String word = text.substring(token.start(), token.end());
            out.append(word, style(token.kind(), word));
        }
        return out.toAttributedString();
    }

    private AttributedStyle style(Kind kind, String word) {
        Theme theme = editing.theme();
        return switch (kind) {
            case COMMENT -> theme.comment();
            case STRING -> theme.string();
            case NUMBER -> theme.number();
            case WORD ->
                SqlKeywords.ALL.contains(word.toLowerCase(Locale.ROOT)) ? theme.keyword() : AttributedStyle.DEFAULT;
            case BLANK, NAME, SEMICOLON, OTHER -> AttributedStyle.DEFAULT;
        };
    }
}
