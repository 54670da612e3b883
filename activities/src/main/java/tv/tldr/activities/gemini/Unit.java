package tv.tldr.activities.gemini;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a window that the model may pick by its number. Times are measured by us; the model never says any.
 *
 * @param number from 1, ascending by start within its window
 * @param start seconds from the beginning of the window
 * @param end seconds from the beginning of the window, after {@code start}
 * @param words what is said in it, when a transcript is there already; null else
 */
public record Unit(
        int number,
        Kind kind,
        double start,
        double end,
        @Nullable String words) {
    /** What begins and ends the piece. */
    public enum Kind {
        /** From cut to cut. */
        SHOT,
        /** From pause to pause. */
        SPEECH
    }

    public Unit {
        if (number < 1) {
            throw new IllegalArgumentException("units are counted from 1, not " + number);
        }
        if (!(start >= 0) || !(end > start) || Double.isInfinite(end)) {
            throw new IllegalArgumentException("unit " + number + " from " + start + " to " + end + " s has no length");
        }
    }
}
