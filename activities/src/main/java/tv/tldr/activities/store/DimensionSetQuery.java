package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;

/**
 * Which dimension sets, or which versions of one?
 *
 * @param name only those whose name contains this, in whatever case; null: all
 * @param after the {@link Page#next()} of the page before; null: the first page
 * @param limit at most so many, from 1
 */
public record DimensionSetQuery(
        @Nullable String name, @Nullable Cursor after, int limit) {}
