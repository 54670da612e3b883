package tv.tldr.activities.store;

/**
 * How many requests may one process let through without asking again?
 *
 * @param granted so many; 0: the limit is reached
 * @param limit requests a minute, and as many at once after a quiet minute
 * @param left in the bucket that all share, after this
 */
public record RateLease(int granted, int limit, double left) {}
