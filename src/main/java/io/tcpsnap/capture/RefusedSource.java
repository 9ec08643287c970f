package io.tcpsnap.capture;

/** Something asked for that is not there, or not for us: each tick says so. */
record RefusedSource(String path, int errno) implements Source {
    @Override
    public void take(CopyBuffer into) throws SourceException {
        throw new SourceException(errno);
    }
}
