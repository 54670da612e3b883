package tv.tldr.workflows.stream;

import java.time.Duration;
import java.util.Locale;

/**
 * Into which windows is a recording divided? Windows of 60 s, so that FFmpeg's start of 0.1 s does not count; a rest of
 * less than 10 s belongs to the window before it, because nothing can be normalised or smoothed over so little.
 *
 * @param duration seconds of the whole recording, greater than 0
 */
public record Segmentation(double duration) {
    private static final int WINDOW = 60;
    private static final int SHORTEST = 10;

    /** How many windows there are, at least 1. */
    public int count() {
        int whole = (int) (duration / WINDOW);
        boolean restStandsAlone = duration - (double) whole * WINDOW >= SHORTEST;
        return Math.max(1, restStandsAlone ? whole + 1 : whole);
    }

    /** The window number {@code index}, from 0. */
    public TimeRange window(int index) {
        double start = (double) index * WINDOW;
        return new TimeRange(start, index == count() - 1 ? duration : start + WINDOW);
    }

    /** {@code h:mm:ss} of stream time, for people. */
    public static String clock(double seconds) {
        Duration time = Duration.ofSeconds((long) seconds);
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    /** A range of stream time, for people. */
    public static String clock(TimeRange range) {
        return clock(range.start()) + "–" + clock(range.end());
    }
}
