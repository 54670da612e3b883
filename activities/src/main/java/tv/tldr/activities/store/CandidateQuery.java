package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.selection.Rule;

/**
 * Which lines of a stream's decision ledger, by time of peak?
 *
 * @param kept only the kept ones, or only the dropped ones; null: both
 * @param rule only those that this rule decided; null: all
 * @param after the {@link Page#next()} of the page before; null: the first page
 * @param limit at most so many, from 1
 */
public record CandidateQuery(
        @Nullable Boolean kept,
        @Nullable Rule rule,
        @Nullable Cursor after,
        int limit) {}
