package tv.tldr.activities.store;

import org.jspecify.annotations.Nullable;

/**
 * Who wants that something goes?
 *
 * @param actor public id of a user or a key
 * @param address from where, as text; null: not known
 */
public record RemovalOrder(String actor, @Nullable String address, String requestId) {}
