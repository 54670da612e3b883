package tv.tldr.activities.recording;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.workflows.activity.FailureType;

/** The words for what is wrong with a source, each with its type: what it was, why, and how to mend it. */
final class SourceFailure {
    private static final int MOST_ATTEMPTS_AT_A_BUSY_SERVER = 20;

    private SourceFailure() {}

    /** @param why continues "the source cannot be opened: " */
    static ApplicationFailure unreachable(String why) {
        return ActivityFailures.permanent(FailureType.SOURCE_UNREACHABLE, "the source cannot be opened: " + why);
    }

    /** Tried again a few times, since networks heal. */
    static ApplicationFailure unreachableNow(String why) {
        return ActivityFailures.of(FailureType.SOURCE_UNREACHABLE, "the source cannot be opened: " + why);
    }

    /**
     * Tried again a few times, since lines are crowded at times.
     *
     * @param what does not come fast enough
     */
    static ApplicationFailure tooSlow(String what, SourceProperties limits) {
        return unreachableNow(what + " sends less than " + limits.slowSize() + " in "
                + limits.slowWindow().toSeconds() + " s; send it from a faster place");
    }

    /**
     * Tried again a few times, each time from where it was if the server can.
     *
     * @param why continues "the source broke off: "
     */
    static ApplicationFailure ended(String why) {
        return ActivityFailures.of(FailureType.SOURCE_ENDED, "the source broke off: " + why);
    }

    /**
     * Tried again for about an hour, and then told.
     *
     * @param wait how long the server asked us to stay away; zero when it did not
     */
    static ApplicationFailure throttled(String why, Duration wait) {
        if (ActivityFailures.attempt() >= MOST_ATTEMPTS_AT_A_BUSY_SERVER) {
            return unreachable(why + ", " + MOST_ATTEMPTS_AT_A_BUSY_SERVER + " times; try again when it is well");
        }
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setMessage("the source cannot be opened now: " + why)
                .setType(FailureType.SERVICE_UNAVAILABLE.name());
        if (wait.isPositive()) {
            failure.setNextRetryDelay(wait);
        }
        return failure.build();
    }

    /** Another attempt, which was given up and does not know yet, still writes; it will notice within seconds. */
    static ApplicationFailure busy() {
        return ActivityFailures.of(
                FailureType.SERVICE_UNAVAILABLE,
                "an earlier attempt at this download has not ended yet; it is tried again when it has");
    }

    /** @param why continues "the source cannot be used: " */
    static ApplicationFailure notMedia(String why) {
        return ActivityFailures.of(FailureType.SOURCE_NOT_MEDIA, "the source cannot be used: " + why);
    }

    /** @param why continues "the source is too long: " */
    static ApplicationFailure tooLong(String why) {
        return ActivityFailures.of(FailureType.SOURCE_TOO_LONG, "the source is too long: " + why);
    }

    /** @param why continues "the URL is refused: " */
    static ApplicationFailure forbidden(String why) {
        return ActivityFailures.of(FailureType.SOURCE_FORBIDDEN_ADDRESS, "the URL is refused: " + why);
    }
}
