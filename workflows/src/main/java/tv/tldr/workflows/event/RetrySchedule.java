package tv.tldr.workflows.event;

import java.time.Duration;
import java.util.Optional;

/**
 * When is a delivery tried again that has failed? After 1, 4, 16, 64, 256 seconds and so on, each gap four times the one
 * before, up to a day; a little later than that, so that those that failed together do not come back together.
 *
 * @param first the first gap
 * @param longest no gap is longer that nobody asked for
 * @param retries how often it is tried again
 */
public record RetrySchedule(Duration first, Duration longest, int retries) {
    private static final int GROWTH = 4;
    private static final double MOST_JITTER = 0.2;

    /** What a receiver can ask for. */
    private static final Duration MOST_ASKED = Duration.ofDays(1);

    public RetrySchedule {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || retries < 0) {
            throw new IllegalArgumentException("no schedule: " + first + ", " + longest + ", " + retries);
        }
    }

    /**
     * How long to wait; empty: it is given up.
     *
     * @param failed attempts so far, from 1
     * @param asked what the receiver asks for ({@code Retry-After}); a shorter wait than ours changes nothing
     * @param random from 0 to 1
     */
    public Optional<Duration> gap(int failed, Optional<Duration> asked, double random) {
        if (failed > retries) {
            return Optional.empty();
        }
        Duration spread = Duration.ofMillis(Math.round(gap(failed).toMillis() * (1 + MOST_JITTER * random)));
        return Optional.of(asked.map(wanted -> shorter(wanted, MOST_ASKED))
                .filter(wanted -> wanted.compareTo(spread) > 0)
                .orElse(spread));
    }

    private Duration gap(int failed) {
        Duration gap = first;
        for (int i = 1; i < failed && gap.compareTo(longest) < 0; i++) {
            gap = gap.multipliedBy(GROWTH);
        }
        return shorter(gap, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
