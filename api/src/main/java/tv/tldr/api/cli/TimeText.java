package tv.tldr.api.cli;

import java.util.Locale;

/** How is stream time written for people? {@code 0:42}, {@code 12:03}, {@code 1:02:03}. */
final class TimeText {
    private TimeText() {}

    static String clock(double seconds) {
        return clock((long) Math.floor(seconds));
    }

    private static String clock(long whole) {
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** The same with tenths of a second. */
    static String precise(double seconds) {
        long tenths = Math.round(seconds * 10);
        return clock(tenths / 10) + "." + tenths % 10;
    }
}
