package io.tcpsnap.shell;

import io.tcpsnap.output.Style;
import io.tcpsnap.output.Visible;
import java.io.BufferedWriter;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;

/**
 * Text for a terminal that goes through a pager once it is longer or wider than the terminal, and else as it is. The pager
 * reads at its own pace: what is not looked at is not made.
 */
final class Paging implements Appendable, Flushable {
    /** The reader left the pager before the end. */
    static final class LeftException extends IOException {
        private static final long serialVersionUID = 1;

        LeftException(IOException cause) {
            super("left the pager", cause);
        }
    }

    private final Appendable screen;
    private final Style style;
    private final String command;
    private final StringBuilder waiting = new StringBuilder();
    private int lines;
    private int column;
    private Process pager;
    private Writer writer;

    /** @param screen what does not need the pager goes there; appending to it fails where the statement was cancelled */
    Paging(Appendable screen, Style style, String command) {
        this.screen = screen;
        this.style = style;
        this.command = command;
    }

    @Override
    public Paging append(CharSequence text) throws IOException {
        screen.append("");
        if (pager != null) {
            write(text);
            return this;
        }
        waiting.append(text);
        for (int i = 0; i < text.length() && pager == null; i++) {
            if (text.charAt(i) == '\n') {
                lines++;
                column = 0;
            } else {
                column++;
            }
            // a line for the prompt stays
            if (lines >= style.height() - 1 || column > style.width()) {
                start();
            }
        }
        return this;
    }

    @Override
    public Paging append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public Paging append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // lines are cut at the edge and scroll sideways; what was looked at stays on the screen
        builder.environment().putIfAbsent("LESS", "-SX");
        pager = builder.start();
        writer = new BufferedWriter(new OutputStreamWriter(pager.getOutputStream(), Terminals.charset()), 1 << 15);
        write(waiting);
        waiting.setLength(0);
    }

    private void write(CharSequence text) throws IOException {
        try {
            writer.append(Visible.lines(text));
        } catch (IOException e) {
            throw new LeftException(e);
        }
    }

    /** Passes on what there is so far, where more may take a while. */
    @Override
    public void flush() throws IOException {
        try {
            if (pager != null) {
                writer.flush();
            }
        } catch (IOException e) {
            throw new LeftException(e);
        }
    }

    /** Whether the pager came up. */
    boolean paged() {
        return pager != null;
    }

    /** Shows what needed no pager, or waits until the reader leaves it. */
    void finish() throws IOException {
        if (pager == null) {
            screen.append(waiting);
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            // left already
        }
        boolean gone = false;
        boolean interrupted = false;
        while (!gone) {
            try {
                pager.waitFor();
                gone = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
