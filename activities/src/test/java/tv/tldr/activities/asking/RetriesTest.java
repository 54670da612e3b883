package tv.tldr.activities.asking;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.FailureType;

class RetriesTest {
    private static final Retries DEFAULTS = new Retries(19, Duration.ofSeconds(1));

    @Test
    void theGapsGrowToFiveMinutesAndLastAboutAnHour() {
        assertThat(IntStream.rangeClosed(1, 12)
                        .mapToObj(attempt -> DEFAULTS.away("away", attempt).getNextRetryDelay())
                        .map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
        assertThat(IntStream.rangeClosed(1, 19)
                        .mapToObj(attempt -> DEFAULTS.away("away", attempt).getNextRetryDelay())
                        .reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(70));
    }

    @Test
    void afterTheLastRetryItIsGivenUp() {
        assertThat(DEFAULTS.away("away", 19).isNonRetryable()).isFalse();
        assertThat(DEFAULTS.throttled("wait", Duration.ZERO, Duration.ZERO, 3).getNextRetryDelay())
                .isEqualTo(Duration.ofSeconds(4));

        ApplicationFailure last = DEFAULTS.away("away", 20);

        assertThat(last.isNonRetryable()).isTrue();
        assertThat(last.getType()).isEqualTo(FailureType.AI_UNAVAILABLE.name());
        assertThat(new Retries(0, Duration.ofSeconds(1)).away("away", 1).isNonRetryable())
                .isTrue();
    }

    @Test
    void aLimitIsWaitedForAsLongAsItSaysHoweverOftenButNoLongerThanAnHour() {
        Duration asked = Duration.ofMillis(17_250);
        ApplicationFailure failure = DEFAULTS.throttled("wait", asked, Duration.ofMinutes(59), 1000);

        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getNextRetryDelay()).isEqualTo(asked);
        assertThat(DEFAULTS.throttled("wait", null, Duration.ZERO, 3).getNextRetryDelay())
                .isEqualTo(Duration.ofSeconds(4));

        ApplicationFailure last = DEFAULTS.throttled("wait", asked, Duration.ofMinutes(60), 1000);
        assertThat(last.isNonRetryable()).isTrue();
        assertThat(last.getType()).isEqualTo(FailureType.AI_UNAVAILABLE.name());
        assertThat(DEFAULTS.throttled("wait", Duration.ofHours(3), Duration.ZERO, 1)
                        .isNonRetryable())
                .isTrue();
    }

    @Test
    void aLongDelayIsNotCutShort() {
        Retries patient = new Retries(1000, Duration.ofMinutes(10));

        assertThat(patient.away("away", 1).getNextRetryDelay()).isEqualTo(Duration.ofMinutes(10));
        assertThat(patient.away("away", 900).getNextRetryDelay()).isEqualTo(Duration.ofMinutes(10));
    }
}
