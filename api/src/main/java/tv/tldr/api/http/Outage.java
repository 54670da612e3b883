package tv.tldr.api.http;

import io.temporal.failure.ApplicationFailure;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.workflows.activity.FailureType;

/** Does a failure mean that a dependency is away, so that the same request may succeed in a moment? */
final class Outage {
    private static final int DEEPEST_CAUSE = 16;

    private Outage() {}

    static boolean caused(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (isOutage(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return switch (cause) {
            case StorageFailure failure -> failure.reason().isOutage();
            case StoreFailure failure -> failure.kind().isRetryable();
            case ApplicationFailure failure ->
                FailureType.SERVICE_UNAVAILABLE.name().equals(failure.getType());
            default -> false;
        };
    }
}
