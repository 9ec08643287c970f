package io.tcpsnap.capture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Room on the file system of a folder, by statvfs(2). */
final class FreeSpace {
    private final File folder;
    private final Storage.Floor floor;

    FreeSpace(Path folder, Storage.Floor floor) {
        this.folder = folder.toFile();
        this.floor = floor;
    }

    /** Bytes above the floor, negative below it; Long.MAX_VALUE where the file system does not say. */
    long room() {
        long total = folder.getTotalSpace();
        return total == 0 ? Long.MAX_VALUE : folder.getUsableSpace() - floor.bytes(total);
    }

    /** What is to be free before a pause ends: more than the floor, so that the recorder does not come and go. */
    long enough() {
        return Math.min(16L << 20, floor.bytes(folder.getTotalSpace()) / 10);
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "%,d bytes free on the disk, of which %,d are not to be used",
                folder.getUsableSpace(),
                floor.bytes(folder.getTotalSpace()));
    }

    /** Whether a write failed for want of room; the names are those of glibc in its own language. */
    boolean isCauseOf(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || folder.getTotalSpace() > 0 && folder.getUsableSpace() < 1 << 16;
    }
}
