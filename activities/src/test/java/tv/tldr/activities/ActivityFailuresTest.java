package tv.tldr.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
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
