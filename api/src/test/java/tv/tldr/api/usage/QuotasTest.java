package tv.tldr.api.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.activities.store.UsageNow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.Quota;
import tv.tldr.workflows.account.Plan;

class QuotasTest {
    private static final Instant RESET = Instant.parse("2026-02-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource(names = {"STARTER", "PROFESSIONAL"})
    void theLastSecondIsLeftAndTheOneAfterItIsNot(Plan plan) {
        Plan.Limits limits = plan.limits().orElseThrow();
        double seconds = limits.streamHours() * 3600.0;

        Quotas.check(used(plan, seconds - 1, 0), limits);

        assertThatThrownBy(() -> Quotas.check(used(plan, seconds, 0), limits))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
                    assertThat(refused.quota())
                            .isEqualTo(new Quota("stream_hours", limits.streamHours(), limits.streamHours(), RESET));
                    assertThat(refused.detail())
                            .contains(limits.streamHours() + " of the " + limits.streamHours(), RESET.toString());
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTER", "PROFESSIONAL"})
    void theLastByteIsLeftAndTheOneAfterItIsNot(Plan plan) {
        Plan.Limits limits = plan.limits().orElseThrow();

        Quotas.check(used(plan, 0, limits.storageBytes() - 1), limits);

        assertThatThrownBy(() -> Quotas.check(used(plan, 0, limits.storageBytes()), limits))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                                Objects.requireNonNull(refused.quota()).reset())
                        .as("storage does not begin again")
                        .isNull());
    }

    @Test
    void hoursThatWereOverrunAreToldAsTheyAre() {
        assertThatThrownBy(() -> Quotas.check(
                        used(Plan.STARTER, 360_900, 0), Plan.STARTER.limits().orElseThrow()))
                .hasMessageContaining("100.25 of the 100 stream hours");
    }

    private static UsageNow used(Plan plan, double seconds, long bytes) {
        Instant begun = Instant.parse("2026-01-01T00:00:00Z");
        return new UsageNow(plan, begun, begun, RESET, seconds, bytes, 0, 0, BigDecimal.ZERO, 0);
    }
}
