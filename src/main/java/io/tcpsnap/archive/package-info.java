/**
 * Segment files: ticks of verbatim copies as a plain ustar stream inside zstd frames.
 *
 * <p>Knows nothing of what the copies mean. Format version 1:
 *
 * <ul>
 *   <li>A segment {@code <host>-<UTC start>.tar.zst} is a sequence of zstd frames, each of which begins with the entry
 *       {@code tcpsnap.json} ({@link io.tcpsnap.archive.Manifest}) and holds whole ticks, so that any run of frames is a
 *       valid archive.
 *   <li>A tick is a folder named by its UTC time in nanoseconds, {@code 20261122T074200.123456789Z/}; its last entry is
 *       {@code tick.json} ({@link io.tcpsnap.archive.TickRecord}), the commit mark, with length and CRC32 of each entry.
 *       A tick counts only where it is there and all CRCs match.
 *   <li>The manifest is written before the first tick is taken, so that a recorder that is killed at once leaves an archive.
 *   <li>After each tick the zstd stream is flushed and an empty raw block (three zero bytes) follows, so that stock zstd
 *       reads up to the last flush of a file that was cut off.
 *   <li>A clean close writes two zero tar blocks into the last frame, and the standard seek table as the last frame.
 *   <li>Segments of one run of the recorder have the same {@code recording} in their manifests and go on with {@code seq}.
 *   <li>Bit 0 of the seek table's descriptor, which the seekable format leaves to its users, tells that a segment is packed.
 *   <li>The manifest of an import may have {@code byte_order_from} and a null {@code byte_order}, and its ticks -1 for
 *       every clock but the first; readers before them pass over the member.
 *   <li>The manifest of what {@code slice}, {@code redact} or {@code verify --repair} wrote has {@code edits}: a list of
 *       objects whose members are texts, one for each edit. Readers before them pass over the member.
 *   <li>A recorder in shell writes a zstd frame, a gzip member or, uncompressed, a piece of the tar for each tick, and before
 *       the first; each begins with the manifest. Its ticks have lengths and no CRCs, CLOCK_BOOTTIME in hundredths of a
 *       second, and CLOCK_MONOTONIC as root only; their names have as many digits as the host's date.
 * </ul>
 */
package io.tcpsnap.archive;
