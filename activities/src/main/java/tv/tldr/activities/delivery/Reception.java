package tv.tldr.activities.delivery;

import java.time.Duration;
import java.util.Optional;

/** What came of a request? */
public sealed interface Reception {
    /** From the first byte that was sent to the last that was read. */
    Duration latency();

    /**
     * It was answered to the end, or as far as we read.
     *
     * @param body as far as it is kept
     * @param retryAfter how long the receiver asks to wait
     */
    record Answered(int status, String body, Optional<Duration> retryAfter, Duration latency) implements Reception {
        private static final int GONE = 410;

        public boolean isWelcome() {
            return status >= 200 && status < 300;
        }

        /** Whether the receiver wants no more. */
        public boolean isUnwanted() {
            return status == GONE;
        }
    }

    /** @param why in words for the customer; never an address that a name stood for */
    record Unanswered(String why, Duration latency) implements Reception {}

    /** Nothing was sent: it leads where nothing may be sent. */
    record Forbidden(String why, Duration latency) implements Reception {}
}
