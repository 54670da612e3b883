package tv.tldr.activities.store.backup;

import org.jspecify.annotations.Nullable;

/**
 * An object that a row names.
 *
 * @param sha256 null: the row does not say
 */
public record NamedObject(String key, long size, @Nullable String sha256) {}
