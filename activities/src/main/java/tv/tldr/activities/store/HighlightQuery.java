package tv.tldr.activities.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Which highlights of a stream?
 *
 * @param minConfidence only these and better ones, 0–1
 * @param types only these types; empty: all
 * @param pinned only those that are pinned, or only the others; null: all
 * @param sort in which order
 * @param after the {@link Page#next()} of the page before, in the same order; null: the first page
 * @param limit at most so many, from 1
 */
public record HighlightQuery(
        double minConfidence,
        List<String> types,
        @Nullable Boolean pinned,
        Sort sort,
        @Nullable Cursor after,
        int limit) {
    public HighlightQuery {
        types = List.copyOf(types);
    }

    /** All that a stream can have, best first: those of one analysis, and of a second one that was stopped in the middle. */
    public static final HighlightQuery EVERY =
            new HighlightQuery(0, List.of(), null, Sort.CONFIDENCE, null, 2 * StreamOptions.MOST_HIGHLIGHTS);

    /** The orders that an index serves. */
    public enum Sort {
        /** Best first. */
        CONFIDENCE,
        /** Earliest in the stream first. */
        START_TIME
    }
}
