package tv.tldr.activities.media.signal;

import java.util.function.IntToDoubleFunction;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which whole seconds of stream time does a window touch, and how much of each lies in it?
 *
 * @param first the second that index 0 stands for
 * @param count how many there are, at least 1
 * @param window what is measured; the last second may be cut short by its end
 */
record Seconds(int first, int count, TimeRange window) {
    /** A second of which less is there is too short to say anything about. */
    static final double LEAST_SHARE = 0.25;

    /** Half a microsecond: timestamps are rounded to it on their way. */
    private static final double ROUNDING = 5e-7;

    static Seconds of(TimeRange window) {
        int first = (int) Math.floor(window.start() + ROUNDING);
        int last = (int) Math.ceil(window.end() - ROUNDING);
        return new Seconds(first, Math.max(1, last - first), window);
    }

    /** Where the second with this index begins within the window. */
    double from(int index) {
        return Math.max(window.start(), (double) first + index);
    }

    /** Where the second with this index ends within the window. */
    double to(int index) {
        return Math.min(window.end(), first + index + 1.0);
    }

    /** The index of the second that {@code time} lies in; negative when it lies outside the window. */
    int index(double time) {
        int index = (int) Math.floor(time + ROUNDING) - first;
        return index < count && time < window.end() ? index : -1;
    }

    /** A curve with a value for each second. */
    float[] curve(IntToDoubleFunction value) {
        float[] curve = new float[count];
        for (int i = 0; i < count; i++) {
            curve[i] = (float) value.applyAsDouble(i);
        }
        return curve;
    }
}
