package tv.tldr.activities.store;

import java.util.List;

/** Was a dimension set changed? */
public sealed interface SetChange {
    /** It was: {@code set} is its current version, or was its last one. */
    record Done(DimensionSetRow set) implements SetChange {}

    /** It was not: there is no such set in the organization, or no longer. */
    record Missing() implements SetChange {}

    /** It was not: somebody else was quicker, and {@code version} is the current one. */
    record Stale(int version) implements SetChange {}

    /** It was not: its fallbacks do not hold. */
    record BadFallback(FallbackChain.Broken why) implements SetChange {}

    /** It was not deleted: the sets with these ids fall back on it. */
    record InUse(List<String> sets) implements SetChange {
        public InUse {
            sets = List.copyOf(sets);
        }
    }
}
