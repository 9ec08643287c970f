package io.tcpsnap.shell;

import java.io.IOException;

/** Nobody reads standard output any more, as in {@code tcpsnap query ... | head -1}: a reason to end, not a failure. */
public final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(IOException cause) {
        super("closed pipe", cause);
    }
}
