package tv.tldr.workflows.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void aLargerPlanLimitsLess() {
        Plan.Limits starter = Plan.STARTER.limits().orElseThrow();
        Plan.Limits professional = Plan.PROFESSIONAL.limits().orElseThrow();

        assertThat(starter.storageBytes()).isEqualTo(50_000_000_000L);
        assertThat(professional.storageBytes()).isGreaterThan(starter.storageBytes());
        assertThat(professional.users()).isGreaterThan(starter.users());
        assertThat(professional.longestStream()).isEqualTo(Duration.ofHours(12));
        assertThat(Plan.ENTERPRISE.limits()).isEmpty();
    }

    @Test
    void aStreamThatIsAloneHasAFullTurnAndALargerPlanALittleMore() {
        assertThat(Plan.STARTER.fairnessWeight(1)).isEqualTo(1);
        assertThat(Plan.PROFESSIONAL.fairnessWeight(1)).isEqualTo(1.25);
        assertThat(Plan.ENTERPRISE.fairnessWeight(1)).isEqualTo(1.5);
        assertThat(Plan.STARTER.fairnessWeight(0)).isEqualTo(1);
    }

    @Test
    void whoHasMuchUnderWayIsNeverPutOff() {
        assertThat(Plan.ENTERPRISE.fairnessWeight(10)).isEqualTo(1.5 / 2);
        assertThat(Plan.ENTERPRISE.fairnessWeight(100)).isEqualTo(1.5 / 3);
        assertThat(Plan.ENTERPRISE.fairnessWeight(1_000_000)).isGreaterThan(0.2);
    }

    /** Of two that want the workers at once, each gets its weight's part of the turns: 1 / part is how much longer it waits. */
    @Test
    void whoHasATenthOfAnothersUnderWayWaitsLessThanTwiceAsLongAsAloneWhateverTheirPlans() {
        for (Plan small : Plan.values()) {
            for (Plan large : Plan.values()) {
                IntStream.rangeClosed(1, 1000)
                        .filter(streams -> fits(small, streams) && fits(large, 10 * streams))
                        .forEach(streams -> {
                            double turns = small.fairnessWeight(streams);
                            double others = large.fairnessWeight(10 * streams);
                            assertThat((turns + others) / turns)
                                    .as("%d of %s beside %d of %s", streams, small, 10 * streams, large)
                                    .isLessThan(1.9);
                        });
            }
        }
    }

    private static boolean fits(Plan plan, int streams) {
        return plan.limits()
                .map(limits -> streams <= limits.concurrentStreams())
                .orElse(true);
    }
}
