package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;

/**
 * Which dimension sets, by when they were first written?
 *
 * @param name only those whose name contains this, in whatever case; null: all
 * @param page in which order, from where on, and how many
 */
public record DimensionSetQuery(@Nullable String name, ByTime page) {}
