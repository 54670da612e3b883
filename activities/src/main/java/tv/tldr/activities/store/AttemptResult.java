package tv.tldr.activities.store;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param status null: there was no answer
 * @param error null: it has arrived
 * @param body what the receiver answered, as far as it is kept
 */
public record AttemptResult(
        Outcome outcome,
        @Nullable Integer status,
        Duration latency,
        @Nullable String error,
        @Nullable String body) {
    /** How an attempt can end. */
    public enum Outcome {
        /** Answered with 2xx. */
        DELIVERED,
        /** Answered with anything else. */
        REFUSED,
        /** Not answered, or not to the end. */
        UNREACHABLE,
        /** Not sent: it leads where nothing may be sent. */
        FORBIDDEN,
        /** Nobody knows: the process that sent it is gone. */
        LOST;

        /** The word on the wire and in the database. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean hasArrived() {
        return outcome == Outcome.DELIVERED;
    }
}
