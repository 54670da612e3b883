package tv.tldr.workflows.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
}
