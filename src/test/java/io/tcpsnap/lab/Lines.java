package io.tcpsnap.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of {@link Child}: does what each line says, and answers. */
final class Lines {
    @FunctionalInterface
    interface Action {
        void run(String line) throws Exception;
    }

    private Lines() {}

    static void serve(Action action) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try {
                action.run(line);
                System.out.println(line);
            } catch (Exception e) {
                System.out.println(e);
            }
        }
        System.exit(0);
    }
}
