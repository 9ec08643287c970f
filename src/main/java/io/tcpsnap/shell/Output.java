package io.tcpsnap.shell;

import io.tcpsnap.output.Visible;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.function.BooleanSupplier;

/** Standard output for results: buffered, in the terminal's charset; on a terminal, control characters are shown. */
public final class Output implements Appendable, Flushable {
    private final Writer writer;
    private final boolean terminal;
    private boolean broken;

    Output(Writer writer, boolean terminal) {
        this.writer = new BufferedWriter(writer, 1 << 16);
        this.terminal = terminal;
    }

    /** This process's standard output. */
    public static Output standard() {
        Writer writer = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), Terminals.charset());
        return new Output(writer, Terminals.isOutput());
    }

    /** @throws ClosedPipeException where nobody reads any more */
    @Override
    public Output append(CharSequence text) throws IOException {
        if (broken) {
            return this;
        }
        try {
            writer.append(terminal ? Visible.lines(text) : text);
        } catch (IOException e) {
            throw failure(e);
        }
        return this;
    }

    @Override
    public Output append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public Output append(char c) throws IOException {
        return append(String.valueOf(c));
    }

    void println(String line) throws IOException {
        append(line).append("\n");
    }

    /** After a failure this does nothing: what is left cannot be written either. */
    @Override
    public void flush() throws IOException {
        if (broken) {
            return;
        }
        try {
            writer.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(IOException e) {
        broken = true;
        return "Broken pipe".equals(e.getMessage())
                ? new ClosedPipeException(e)
                : new IOException("standard output: " + e.getMessage(), e);
    }

    /** The same output, but writing to it fails with InterruptedIOException once {@code cancelled} says so. */
    Appendable until(BooleanSupplier cancelled) {
        return new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                if (cancelled.getAsBoolean()) {
                    throw new InterruptedIOException("cancelled");
                }
                Output.this.append(text);
                return this;
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                return append(text.subSequence(start, end));
            }

            @Override
            public Appendable append(char c) throws IOException {
                return append(String.valueOf(c));
            }
        };
    }
}
