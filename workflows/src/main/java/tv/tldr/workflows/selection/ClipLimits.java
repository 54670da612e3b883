package tv.tldr.workflows.selection;

import tv.tldr.workflows.scoring.Criteria;
import tv.tldr.workflows.scoring.DimensionSet.ClipLength;
import tv.tldr.workflows.scoring.MomentType;
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
        return of(habit.shortest(), habit.longest(), options);
    }

    /** The same for a moment of a type that may have habits of its own. */
    static ClipLimits of(ClipLength habit, MomentType type, StreamOptions options) {
        Criteria criteria = type.criteria();
        Double least = criteria.minDuration();
        Double most = criteria.maxDuration();
        return of(least == null ? habit.shortest() : least, most == null ? habit.longest() : most, options);
    }

    private static ClipLimits of(double least, double most, StreamOptions options) {
        double shortest = clamp(least, options);
        double longest = Math.max(shortest, clamp(most, options));
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
