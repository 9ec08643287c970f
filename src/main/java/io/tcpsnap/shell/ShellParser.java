package io.tcpsnap.shell;

import io.tcpsnap.sql.SqlTokenizer;
import io.tcpsnap.sql.SqlTokenizer.Kind;
import io.tcpsnap.sql.SqlTokenizer.Token;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line reader when a statement is whole, and which word completion is about. */
final class ShellParser implements Parser {
    @Override
    public ParsedLine parse(String text, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT) {
            String open = Assembler.openAtEnd(text);
            if (!open.isEmpty()) {
                throw new EOFError(-1, -1, "unfinished statement", open);
            }
        }
        return words(text, cursor);
    }

    private static ParsedLine words(String text, int cursor) {
        List<String> words = new ArrayList<>();
        int index = -1;
        int inWord = 0;
        if (DotCommands.isCommand(text)) {
            return commandWords(text, cursor);
        }
        for (Token token : SqlTokenizer.tokens(text)) {
            boolean word = token.kind() == Kind.WORD || token.kind() == Kind.NAME || token.kind() == Kind.STRING;
            if (word && index < 0 && cursor >= token.start() && cursor <= token.end()) {
                index = words.size();
                inWord = cursor - token.start();
            } else if (index < 0 && token.start() >= cursor) {
                index = words.size();
                words.add("");
            }
            if (word) {
                words.add(text.substring(token.start(), token.end()));
            }
        }
        if (index < 0) {
            index = words.size();
            words.add("");
        }
        return new Line(text, cursor, words, index, inWord);
    }

    private static ParsedLine commandWords(String text, int cursor) {
        List<String> words = new ArrayList<>(List.of(text.substring(0, cursor).split("\\s+", -1)));
        int index = words.size() - 1;
        return new Line(text, cursor, words, index, words.get(index).length());
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }

    /** A line split for completion; what completes is put in as it is. */
    private record Line(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
            implements CompletingParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }
}
