package tv.tldr.activities.asking;

import io.temporal.failure.ApplicationFailure;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.gemini.GeminiException;
import tv.tldr.workflows.activity.FailureType;

/** What does a failure of the model's service mean? Classified once, here. */
final class ServiceFailures {
    private ServiceFailures() {}

    /**
     * Comes back when the failure spoils the one question alone, or the day's quota is used up.
     *
     * @throws ApplicationFailure when another attempt is worth it, or when it ends all asking
     */
    static void throwUnlessOfTheQuestion(GeminiException failure, Retries retries) {
        String message = String.valueOf(failure.getMessage());
        switch (failure) {
            case GeminiException.RefusedKey refused ->
                throw ActivityFailures.permanent(FailureType.AI_REFUSED, message);
            case GeminiException.UnknownModel unknown ->
                throw ActivityFailures.permanent(FailureType.AI_REFUSED, message);
            case GeminiException.Away away -> throw retries.away(message, ActivityFailures.attempt());
            case GeminiException.Throttled throttled ->
                throw retries.throttled(message, throttled.delay(), ActivityFailures.attempt());
            case GeminiException.QuotaExhausted exhausted -> {}
            case GeminiException.BadRequest bad -> {}
        }
    }
}
