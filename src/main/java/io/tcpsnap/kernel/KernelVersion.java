package io.tcpsnap.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernel releases as numbers that can be compared. Source: include/generated/uapi/linux/version.h KERNEL_VERSION(). */
public final class KernelVersion {
    /** Where the release is not known. */
    public static final int UNKNOWN = 0;

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,5}))?.*");

    private KernelVersion() {}

    public static int of(int major, int minor, int patch) {
        return (major << 16) + (minor << 8) + Math.min(patch, 255);
    }

    /** Reads a release, {@code 2.6.32-431.el6.x86_64}; {@link #UNKNOWN} where it is null or none. */
    public static int of(String release) {
        Matcher matcher = RELEASE.matcher(release == null ? "" : release);
        if (!matcher.matches()) {
            return UNKNOWN;
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), patch);
    }
}
