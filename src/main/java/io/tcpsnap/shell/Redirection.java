package io.tcpsnap.shell;

import io.tcpsnap.output.OutputFormat;
import io.tcpsnap.output.Result;
import io.tcpsnap.output.Style;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Results that go into a file instead of to the screen: {@code .output} and {@code .once}. */
final class Redirection {
    private Path file;
    private boolean once;
    private boolean begun;

    /** The results from now on go to a file, which is made anew; null for the screen. */
    void to(Path chosen, boolean onlyOne) {
        file = chosen;
        once = onlyOne;
        begun = false;
    }

    boolean isOn() {
        return file != null;
    }

    @Override
    public String toString() {
        return file == null ? "the screen" : file.toString();
    }

    void print(Result result, OutputFormat mode, BooleanSupplier cancelled) throws SQLException, IOException {
        Path target = file;
        OpenOption[] options = begun
                ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND}
                : new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
                };
        begun = true;
        if (once) {
            to(null, false);
        }
        OutputFormat named = mode.forFile(target.toString());
        write(result, named == null ? mode : named, target, cancelled, options);
    }

    /** Writes a result into a file. */
    static long write(Result result, OutputFormat format, Path file, BooleanSupplier cancelled, OpenOption... options)
            throws SQLException, IOException {
        try (Writer writer = Files.newBufferedWriter(file, options)) {
            return format.printer(checked(writer, cancelled), new Style(true)).print(result);
        }
    }

    private static Appendable checked(Writer writer, BooleanSupplier cancelled) {
        return new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                if (cancelled.getAsBoolean()) {
                    throw new InterruptedIOException("cancelled");
                }
                writer.append(text);
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
