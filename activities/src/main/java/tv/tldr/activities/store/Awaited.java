package tv.tldr.activities.store;

import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tv.tldr.activities.ActivityFailures;
import tv.tldr.activities.store.StoreFailure.Kind;
import tv.tldr.workflows.activity.FailureType;

/**
 * How does an activity wait for a store? It blocks its virtual thread, and sees a database that is away as
 * {@link FailureType#SERVICE_UNAVAILABLE}, which is tried again until it is back. Nobody but an activity may block.
 */
public final class Awaited {
    private static final Logger LOG = LoggerFactory.getLogger(Awaited.class);

    private Awaited() {}

    /**
     * What {@code work} answers; empty when it answers nothing.
     *
     * @param doing what is being done, to begin a failure's message with, such as {@code "storing the signals"}
     * @throws io.temporal.failure.ApplicationFailure when it fails
     */
    public static <T> Optional<T> of(String doing, Mono<T> work) {
        return ActivityFailures.classify(doing, () -> {
            try {
                return work.blockOptional();
            } catch (StoreFailure failure) {
                throw classified(doing, failure);
            }
        });
    }

    private static ApplicationFailure classified(String doing, StoreFailure failure) {
        if (failure.kind().isRetryable()) {
            LOG.warn("{} failed: {}: {}", doing, failure.getMessage(), String.valueOf(failure.getCause()));
        } else if (failure.kind() != Kind.USED_UP) {
            LOG.warn("{} failed", doing, failure);
        }
        return switch (failure.kind()) {
            case UNAVAILABLE ->
                ActivityFailures.of(
                        FailureType.SERVICE_UNAVAILABLE,
                        doing + " waits: " + failure.getMessage() + "; it is tried again until it does");
            case DUPLICATE, BROKEN ->
                ActivityFailures.of(FailureType.PROCESSING_ERROR, doing + " failed: " + failure.getMessage());
            case USED_UP -> ActivityFailures.of(FailureType.QUOTA_EXCEEDED, String.valueOf(failure.getMessage()));
            case MISSING, CONFLICT ->
                ActivityFailures.permanent(
                        FailureType.PROCESSING_ERROR, doing + " is too late: " + failure.getMessage());
        };
    }
}
