package io.tcpsnap.archive;

/**
 * The name of a file in an archive, split at the tick's folder.
 *
 * @param tick name of the tick's folder; null for the manifest
 * @param path what is behind it
 */
record EntryName(String tick, String path) {
    /**
     * Splits a name. Folders before the tick's are ignored, since people pack what they unpacked: {@code
     * ./rec/20261122T074200.1Z/proc/net/tcp}.
     *
     * @return null where it climbs out of its folder, or is neither the file of a tick nor a manifest
     */
    static EntryName parse(String name) {
        int start = 0;
        while (start < name.length()) {
            int slash = name.indexOf('/', start);
            if (slash < 0) {
                return name.substring(start).equals(Manifest.ENTRY) ? new EntryName(null, Manifest.ENTRY) : null;
            }
            String folder = name.substring(start, slash);
            if (TickName.matches(folder)) {
                return slash + 1 == name.length() || name.contains("..")
                        ? null
                        : new EntryName(folder, name.substring(slash + 1));
            }
            start = slash + 1;
        }
        return null;
    }
}
