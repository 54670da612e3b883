package tv.tldr.workflows.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final RetrySchedule USUAL = new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(24), 12);

    @Test
    void gapsGrowFourfoldUpToADay() {
        assertThat(IntStream.rangeClosed(1, 13).mapToObj(failed -> USUAL.gap(failed, Optional.empty(), 0)
                        .map(Duration::toSeconds)
                        .orElse(-1L)))
                .containsExactly(1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16384L, 65536L, 86400L, 86400L, 86400L, -1L);
    }

    @Test
    void aReceiverMayAskForMoreTimeButNotForEver() {
        assertThat(USUAL.gap(2, Optional.of(Duration.ofSeconds(90)), 0)).contains(Duration.ofSeconds(90));
        assertThat(USUAL.gap(3, Optional.of(Duration.ofSeconds(1)), 0)).contains(Duration.ofSeconds(16));
        assertThat(USUAL.gap(1, Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), 0))
                .contains(Duration.ofHours(24));
        assertThat(USUAL.gap(13, Optional.of(Duration.ofSeconds(1)), 0)).isEmpty();
    }

    @Test
    void whatAReceiverAsksForCountsHoweverShortTheOwnGapsAre() {
        RetrySchedule hasty = new RetrySchedule(Duration.ofSeconds(1), Duration.ofSeconds(2), 9);

        assertThat(hasty.gap(1, Optional.of(Duration.ofSeconds(7)), 1)).contains(Duration.ofSeconds(7));
        assertThat(hasty.gap(1, Optional.of(Duration.ofDays(7)), 1)).contains(Duration.ofDays(1));
    }

    @Property
    void jitterOnlyEverDelaysAndByAFifthAtMost(
            @ForAll @IntRange(min = 1, max = 12) int failed, @ForAll @DoubleRange(min = 0, max = 1) double random) {
        long plain = USUAL.gap(failed, Optional.empty(), 0).orElseThrow().toMillis();
        long spread = USUAL.gap(failed, Optional.empty(), random).orElseThrow().toMillis();

        assertThat(spread).isBetween(plain, Math.round(plain * 1.2));
    }

    @Property
    void noReceiverAndNoChanceMakesAGapLongerThanADayAndItsJitter(
            @ForAll @IntRange(min = 1, max = 12) int failed,
            @ForAll @LongRange(min = 0) long asked,
            @ForAll @DoubleRange(min = 0, max = 1) double random) {
        assertThat(USUAL.gap(failed, Optional.of(Duration.ofSeconds(asked)), random)
                        .orElseThrow())
                .isBetween(Duration.ofSeconds(1), Duration.ofHours(29));
    }

    @Test
    void aScheduleThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new RetrySchedule(Duration.ZERO, Duration.ofHours(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetrySchedule(Duration.ofHours(2), Duration.ofHours(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
