package tv.tldr.activities;

import io.temporal.activity.Activity;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tv.tldr.workflows.activity.FailureType;

/**
 * Which failure does Temporal, and in the end the customer, see? One of {@link FailureType}, with words that say what
 * happened, why, and what to do. Stack traces stay in our log: histories are read by more people than logs.
 */
public final class ActivityFailures {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityFailures.class);

    private ActivityFailures() {}

    /** A failure of this type; tried again if the type says that trying again may help. */
    public static ApplicationFailure of(FailureType type, String message) {
        return type.isRetryable()
                ? ApplicationFailure.newFailure(message, type.name())
                : ApplicationFailure.newNonRetryableFailure(message, type.name());
    }

    /** A failure that time cannot heal, although others of its type may be worth another attempt. */
    public static ApplicationFailure permanent(FailureType type, String message) {
        return ApplicationFailure.newNonRetryableFailure(message, type.name());
    }

    /**
     * Runs an activity's body; every exception leaves as a classified failure, except cancellation and shutdown, which
     * Temporal must see as they are. A failure that was tried again often enough leaves as a permanent one.
     *
     * @param doing what was being done, to begin the message with, such as {@code "cutting the clip"}
     */
    public static <T> T classify(String doing, Body<T> body) {
        try {
            return body.run();
        } catch (ApplicationFailure e) {
            throw bounded(e);
        } catch (TemporalFailure | ActivityCompletionException | CancellationException e) {
            throw e;
        } catch (Exception e) {
            throw bounded(of(doing, e));
        }
    }

    /** What an activity does. */
    @FunctionalInterface
    public interface Body<T> {
        T run() throws Exception;
    }

    /** Whether a worker gets the activity once more after it ended with this, so that what it has done is of use. */
    public static boolean isTriedAgain(Exception e) {
        return switch (e) {
            case ApplicationFailure failure -> !bounded(failure).isNonRetryable();
            case ActivityCanceledException cancelled -> false;
            case CancellationException cancelled -> false;
            // The worker shuts down, or the attempt took too long: the stream goes on elsewhere.
            case ActivityCompletionException interrupted -> true;
            default -> type(e).isWorthRetrying(attempt());
        };
    }

    private static ApplicationFailure bounded(ApplicationFailure failure) {
        boolean enough = Stream.of(FailureType.values())
                .filter(type -> type.name().equals(failure.getType()))
                .anyMatch(type -> !type.isWorthRetrying(attempt()));
        if (!enough || failure.isNonRetryable()) {
            return failure;
        }
        return ApplicationFailure.newNonRetryableFailure(failure.getOriginalMessage(), failure.getType());
    }

    /** Which attempt at the running activity this is, from 1; 1 outside of one. */
    public static int attempt() {
        try {
            return Activity.getExecutionContext().getInfo().getAttempt();
        } catch (IllegalStateException notInAnActivity) {
            return 1;
        }
    }

    private static FailureType type(Exception e) {
        if (e instanceof StorageFailure failure) {
            return failure.type();
        }
        return isStorageFull(e) ? FailureType.STORAGE_FULL : FailureType.PROCESSING_ERROR;
    }

    private static ApplicationFailure of(String doing, Exception e) {
        LOG.warn("{} failed", doing, e);
        if (type(e) == FailureType.STORAGE_FULL) {
            String why = e instanceof StorageFullException ? e.getMessage() : "no space is left on the disk";
            return of(FailureType.STORAGE_FULL, doing + " failed: " + why + "; it is tried again until there is room");
        }
        if (e instanceof StorageFailure failure) {
            return of(
                    failure.type(),
                    doing + " failed: " + failure.getMessage() + " "
                            + failure.reason().hint());
        }
        return of(FailureType.PROCESSING_ERROR, doing + " failed: " + Evidence.clean(String.valueOf(e.getMessage())));
    }

    private static boolean isStorageFull(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            String message = String.valueOf(e.getMessage());
            if (e instanceof StorageFullException
                    || message.contains("No space left on device")
                    || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
