package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tv.tldr.api.doctor.CheckCatalogue;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Finding;

class HealthStatusTest {
    @Test
    void nothingIsUpInWhichTheDoctorFindsAnError() {
        assertThat(HealthController.status(Health.UP, found("settings-weak", "api-pool")))
                .isEqualTo(Health.DEGRADED);
        assertThat(HealthController.status(Health.DOWN, found("api-pool"))).isEqualTo(Health.DOWN);
    }

    @Test
    void aWarningIsNone() {
        assertThat(HealthController.status(Health.UP, found("settings-weak", "webhook-failing")))
                .isEqualTo(Health.UP);
        assertThat(HealthController.status(Health.DEGRADED, found())).isEqualTo(Health.DEGRADED);
    }

    private static Diagnosis found(String... checks) {
        List<Finding> findings = Stream.of(checks)
                .map(check -> new Finding(CheckCatalogue.of(check), "seen", Map.of()))
                .toList();
        return new Diagnosis(findings, Map.of(), List.of(), Set.of(), Duration.ZERO);
    }
}
