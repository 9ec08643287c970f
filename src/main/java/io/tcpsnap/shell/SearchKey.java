package io.tcpsnap.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;

/** Ctrl-R: letters narrow the history, Ctrl-R goes on to the next statement, Enter runs it, any other key edits it. */
final class SearchKey {
    private static final int CTRL_G = 7;
    private static final int BACKSPACE = 8;
    private static final int CTRL_R = 18;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;

    private final LineReaderImpl reader;
    private final String prompt;

    SearchKey(LineReaderImpl reader, String prompt) {
        this.reader = reader;
        this.prompt = prompt;
    }

    /** Always true, as a widget of jline says that it knew what to do. */
    boolean run() {
        String before = reader.getBuffer().toString();
        List<String> entries = new ArrayList<>();
        for (History.Entry entry : reader.getHistory()) {
            entries.add(entry.line());
        }
        HistorySearch search = new HistorySearch(entries);
        StringBuilder term = new StringBuilder();
        int nth = 0;
        int key;
        do {
            List<String> found = search.find(term.toString());
            nth = found.isEmpty() ? 0 : nth % found.size();
            show(
                    found.isEmpty() ? before : found.get(nth),
                    (found.isEmpty() ? "nothing has " : "search ") + term + ": ");
            key = reader.readCharacter();
            if (key == CTRL_R) {
                nth++;
            } else if (key == BACKSPACE || key == DELETE) {
                term.setLength(Math.max(0, term.length() - 1));
                nth = 0;
            } else if (key >= ' ') {
                term.appendCodePoint(key);
                nth = 0;
            }
        } while (key == CTRL_R || key == BACKSPACE || key >= ' ');
        show(key == CTRL_G ? before : reader.getBuffer().toString(), prompt);
        if (key == '\r' || key == '\n') {
            reader.callWidget(LineReader.ACCEPT_LINE);
        } else if (key == ESCAPE) {
            reader.runMacro("\u001b"); // the begin of an arrow key
        } else if (key >= 0 && key != CTRL_G) {
            reader.runMacro(String.valueOf((char) key));
        }
        return true;
    }

    private void show(String text, String label) {
        reader.getBuffer().clear();
        reader.getBuffer().write(text);
        reader.setPrompt(label);
        reader.callWidget(LineReader.REDISPLAY);
    }
}
