package tv.tldr.workflows.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant ENDED = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void whatEndedGoesWhenTheDaysOfThePlanAreOver() {
        assertThat(Retention.of(Plan.STARTER).expiry(ENDED, false)).contains(ENDED.plus(Duration.ofDays(7)));
        assertThat(Retention.of(Plan.PROFESSIONAL).expiry(ENDED, false)).contains(ENDED.plus(Duration.ofDays(30)));
    }

    @Test
    void aPlanWithoutLimitsKeepsEverything() {
        assertThat(Retention.of(Plan.ENTERPRISE).expiry(ENDED, false)).isEmpty();
    }

    @Test
    void whatIsPinnedOrNotAtItsEndStays() {
        for (Plan plan : Plan.values()) {
            assertThat(Retention.of(plan).expiry(ENDED, true)).isEmpty();
            assertThat(Retention.of(plan).expiry(null, false)).isEmpty();
        }
    }
}
