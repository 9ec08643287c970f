package io.tcpsnap.importer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Content of an xz file, by the program {@code xz}: none of our libraries reads it. */
final class Xz extends FilterInputStream {
    private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    private final Process process;

    private Xz(Process process) {
        super(process.getInputStream());
        this.process = process;
    }

    static boolean isOne(byte[] head) {
        return head.length >= MAGIC.length && java.util.Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Throws IOException with what to do where there is no such program. */
    static InputStream open(InputStream packed) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("xz", "-dc").start();
        } catch (IOException e) {
            throw new IOException(
                    "packed with xz, and there is no program xz on PATH: install xz-utils, or unpack it before", e);
        }
        Thread feeder = new Thread(() -> feed(packed, process.getOutputStream()), "xz-input");
        feeder.setDaemon(true);
        feeder.start();
        return new Xz(process);
    }

    private static void feed(InputStream packed, OutputStream into) {
        try (packed;
                into) {
            packed.transferTo(into);
        } catch (IOException e) {
            // xz has ended, and says why
        }
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        return b < 0 ? end() : b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int n = super.read(bytes, from, length);
        return n < 0 ? end() : n;
    }

    private int end() throws IOException {
        String said = new String(process.getErrorStream().readNBytes(500), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said.isEmpty() ? "xz failed" : said.replaceAll("\\s+", " "));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        super.close();
    }
}
