package tv.tldr.api.limits;

import java.time.Duration;
import tv.tldr.activities.store.RateLease;

/**
 * What does one process know of a bucket that many share? What it has drawn and not used, for as long as the bucket takes to
 * fill up again by as much: then that is given up, so that hoards of idle processes do not add up to more than the limit.
 *
 * @param drawn tokens left of the last lease
 * @param limit requests a minute; 0: nothing is known yet
 * @param shared in the bucket when it was drawn from
 * @param at when that was, in nanoseconds of the process's own clock
 * @param block how many were drawn
 */
record LocalTokens(int drawn, int limit, double shared, long at, int block) {
    static final LocalTokens NONE = new LocalTokens(0, 0, 0, 0, 0);

    private static final double NANOS_A_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final double NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

    static LocalTokens of(RateLease lease, long now) {
        return new LocalTokens(lease.granted(), lease.limit(), lease.left(), now, lease.granted());
    }

    /** Whether a request may go on without asking anybody. */
    boolean has(long now) {
        return drawn > 0 && now - at < nanosFor(block);
    }

    /** Whether the bucket was empty and still is, as far as nobody gives back. */
    boolean isExhausted(long now) {
        return limit > 0 && block == 0 && now - at < nanosFor(1 - shared);
    }

    LocalTokens taken() {
        return new LocalTokens(drawn - 1, limit, shared, at, block);
    }

    Decision.Admitted admitted(long now) {
        int remaining = (int) Math.min(limit - 1.0, drawn + filled(now));
        return new Decision.Admitted(limit, Math.max(0, remaining), secondsUntilFull(Math.max(0, remaining)));
    }

    Decision.Refused refused(long now) {
        double missing = Math.max(0, 1 - filled(now));
        long retryAfter = Math.max(1, (long) Math.ceil(nanosFor(missing) / NANOS_A_SECOND));
        return new Decision.Refused(limit, secondsUntilFull(0), retryAfter);
    }

    private long secondsUntilFull(int remaining) {
        return (long) Math.ceil(nanosFor(limit - remaining) / NANOS_A_SECOND);
    }

    /** What is its own while nobody answers: that part of what the shared bucket has by now. */
    long share(double part, long now) {
        return (long) (part * filled(now));
    }

    /** What the shared bucket has by now when nobody else draws from it. */
    private double filled(long now) {
        return Math.min(limit, shared + (now - at) * limit / NANOS_A_MINUTE);
    }

    /** How long the bucket takes to get so many. */
    private double nanosFor(double tokens) {
        return tokens * NANOS_A_MINUTE / limit;
    }
}
