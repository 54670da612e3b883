package tv.tldr.activities.asking;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.workflows.activity.FailureType;

/**
 * When is the model asked again after it could not be? The one place that decides it: the workflow's retry policy, which
 * must not read settings, only says that a question may be asked again.
 *
 * @param most how often it is asked again when its service is away
 * @param delay until it is asked again the first time; doubled each time, up to five minutes
 */
record Retries(int most, Duration delay) {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Whoever is asked to wait for longer in all is left to the rules: a stream must end. */
    private static final Duration LONGEST_REFUSED = Duration.ofHours(1);
    /** Doubled so often, any delay is longer than the longest. */
    private static final int MOST_DOUBLINGS = 30;

    /** As the settings say. */
    static Retries of(GeminiProperties gemini) {
        return new Retries(gemini.maxRetries(), gemini.retryDelay());
    }

    /** Nobody answered at the attempt of this number, from 1; permanent when that was the last. */
    ApplicationFailure away(String message, int attempt) {
        return attempt > most
                ? ActivityFailures.permanent(FailureType.AI_UNAVAILABLE, message)
                : later(FailureType.AI_UNAVAILABLE, message, gap(attempt));
    }

    /**
     * The service asks to wait at the attempt of this number, from 1; permanent when an hour would be over by then.
     *
     * @param asked how long; null when it does not say; no time at all is no answer: Temporal takes 0 for "not again"
     * @param refused for how long it has done so by now
     */
    ApplicationFailure throttled(String message, @Nullable Duration asked, Duration refused, int attempt) {
        Duration delay = asked == null || asked.isZero() ? gap(attempt) : asked;
        return refused.plus(delay).compareTo(LONGEST_REFUSED) > 0
                ? ActivityFailures.permanent(FailureType.AI_UNAVAILABLE, message)
                : later(FailureType.AI_THROTTLED, message, delay);
    }

    /**
     * Comes back when the failure at the attempt of this number spoils the one question alone, or the day's quota is used up.
     *
     * @param refused for how long the service has refused the question by now
     * @throws ApplicationFailure when another attempt is worth it, or when it ends all asking
     */
    void throwUnlessOfTheQuestion(GeminiException failure, Supplier<Duration> refused, int attempt) {
        String message = String.valueOf(failure.getMessage());
        switch (failure) {
            case GeminiException.RefusedKey key -> throw ActivityFailures.permanent(FailureType.AI_REFUSED, message);
            case GeminiException.UnknownModel unknown ->
                throw ActivityFailures.permanent(FailureType.AI_REFUSED, message);
            case GeminiException.Away away -> throw away(message, attempt);
            case GeminiException.Throttled throttled ->
                throw throttled(message, throttled.delay(), refused.get(), attempt);
            case GeminiException.QuotaExhausted exhausted -> {}
            case GeminiException.BadRequest bad -> {}
        }
    }

    private Duration gap(int attempt) {
        Duration longest = delay.compareTo(LONGEST) > 0 ? delay : LONGEST;
        Duration doubled = delay.multipliedBy(1L << Math.min(MOST_DOUBLINGS, attempt - 1));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /** A failure that is no reason to give up: tried again after {@code delay}. */
    static ApplicationFailure later(FailureType type, String message, Duration delay) {
        return ApplicationFailure.newBuilder()
                .setMessage(message)
                .setType(type.name())
                .setNextRetryDelay(delay)
                .build();
    }
}
