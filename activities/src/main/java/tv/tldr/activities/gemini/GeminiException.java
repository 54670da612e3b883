package tv.tldr.activities.gemini;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why could the model not be asked? Messages say what to do, and never hold a key. */
public abstract sealed class GeminiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private GeminiException(String message) {
        super(message);
    }

    /** Whether the same call may succeed later without anybody doing anything. */
    public abstract boolean isRetryable();

    /** The key is wrong, or may not do this. */
    public static final class RefusedKey extends GeminiException {
        private static final long serialVersionUID = 1;

        RefusedKey(String evidence) {
            super("Gemini refused the API key: check GEMINI_API_KEY (" + evidence + ")");
        }

        @Override
        public boolean isRetryable() {
            return false;
        }
    }

    /** There is no such model, or none that does this. */
    public static final class UnknownModel extends GeminiException {
        private static final long serialVersionUID = 1;

        UnknownModel(String evidence) {
            super("Gemini does not know the model: check GEMINI_MODEL (" + evidence + ")");
        }

        @Override
        public boolean isRetryable() {
            return false;
        }
    }

    /** Too many requests or tokens just now. */
    public static final class Throttled extends GeminiException {
        private static final long serialVersionUID = 1;
        private final @Nullable Duration delay;

        Throttled(String evidence, @Nullable Duration delay) {
            super("Gemini asks to wait" + (delay == null ? "" : " for " + delay.toMillis() + " ms") + " (" + evidence
                    + ")");
            this.delay = delay;
        }

        /** How long Google asks to wait; null when it does not say. */
        public @Nullable Duration delay() {
            return delay;
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The requests of the day are used up, until midnight Pacific time, or there is no credit left. */
    public static final class QuotaExhausted extends GeminiException {
        private static final long serialVersionUID = 1;

        QuotaExhausted(String evidence) {
            super("Gemini's quota for the day or the credit is used up (" + evidence + ")");
        }

        @Override
        public boolean isRetryable() {
            return false;
        }
    }

    /** Google or the way to it is out of order: 5xx, no connection, no answer in time. */
    public static final class Away extends GeminiException {
        private static final long serialVersionUID = 1;

        Away(String evidence) {
            super("Gemini does not answer (" + evidence + ")");
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The request itself is wrong: a fault of ours, a region that Google does not serve, or too large a clip. */
    public static final class BadRequest extends GeminiException {
        private static final long serialVersionUID = 1;

        BadRequest(String evidence) {
            super("Gemini refused the request (" + evidence + ")");
        }

        @Override
        public boolean isRetryable() {
            return false;
        }
    }
}
