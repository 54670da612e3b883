package tv.tldr.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.StorageFailure.Reason;
import tv.tldr.workflows.activity.FailureType;

class ActivityFailuresTest {
    @Test
    void triesAgainWhatTimeMayHealOrAnotherWorkerCanFinish() {
        assertThat(ActivityFailures.isTriedAgain(ActivityFailures.of(FailureType.SOURCE_UNREACHABLE, "away")))
                .isTrue();
        assertThat(ActivityFailures.isTriedAgain(new ActivityWorkerShutdownException()))
                .isTrue();
        assertThat(ActivityFailures.isTriedAgain(new InterruptedException())).isTrue();
        assertThat(ActivityFailures.isTriedAgain(new IOException("No space left on device")))
                .isTrue();
    }

    @Test
    void waitsForAnObjectStoreThatIsAwayAndTellsOneThatRefuses() {
        assertThat(failureOf(Reason.AWAY)).satisfies(failure -> {
            assertThat(failure.getType()).isEqualTo(FailureType.SERVICE_UNAVAILABLE.name());
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).isEqualTo("Cutting failed: no answer. " + Reason.AWAY.hint());
        });
        assertThat(failureOf(Reason.MISSING_BUCKET).getType()).isEqualTo(FailureType.SERVICE_UNAVAILABLE.name());
        assertThat(failureOf(Reason.DENIED).getType()).isEqualTo(FailureType.STORAGE_REFUSED.name());
        assertThat(FailureType.STORAGE_REFUSED.isWorthRetrying(5)).isTrue();
        assertThat(FailureType.STORAGE_REFUSED.isWorthRetrying(6)).isFalse();
    }

    private static ApplicationFailure failureOf(Reason reason) {
        return catchThrowableOfType(
                ApplicationFailure.class,
                () -> ActivityFailures.classify("Cutting", () -> {
                    throw new StorageFailure(reason, "no answer.", new IOException());
                }));
    }

    @Test
    void doesNotTryAgainWhatIsStoppedOrFailedForGood() {
        assertThat(ActivityFailures.isTriedAgain(ActivityFailures.permanent(FailureType.SOURCE_UNREACHABLE, "gone")))
                .isFalse();
        assertThat(ActivityFailures.isTriedAgain(ActivityFailures.of(FailureType.SOURCE_NOT_MEDIA, "text")))
                .isFalse();
        assertThat(ActivityFailures.isTriedAgain(new ActivityCanceledException()))
                .isFalse();
        assertThat(ActivityFailures.isTriedAgain(new CancellationException("stopped")))
                .isFalse();
    }
}
