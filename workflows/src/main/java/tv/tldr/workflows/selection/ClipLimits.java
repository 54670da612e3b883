package tv.tldr.workflows.selection;

import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * How long may a clip be, and how much stands around its moment? All in seconds.
 *
 * @param shortest least length of a clip
 * @param longest most length of a clip
 * @param before kept before the moment
 * @param after kept after the moment
 */
record ClipLimits(double shortest, double longest, double before, double after) {
    /** The habits of the content within what the customer allows. */
    static ClipLimits of(ClipLength habit, StreamOptions options) {
        double shortest = clamp(habit.shortest(), options);
        double longest = Math.max(shortest, clamp(habit.longest(), options));
        return new ClipLimits(shortest, longest, options.bufferBefore(), options.bufferAfter());
    }

    private static double clamp(double seconds, StreamOptions options) {
        return Math.max(options.minDuration(), Math.min(options.maxDuration(), seconds));
    }

    /** The longest moment that still leaves room for its buffers, whole seconds, at least 1. */
    int longestMoment() {
        return (int) Math.max(1, longest - before - after);
    }
}
