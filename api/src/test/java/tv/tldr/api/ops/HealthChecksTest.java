package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class HealthChecksTest {
    private final AtomicReference<Mono<CheckResult>> answer = new AtomicReference<>(Mono.just(CheckResult.up("well")));

    private final HealthChecks checks = new HealthChecks(List.of(new HealthCheck() {
        @Override
        public String name() {
            return "database";
        }

        @Override
        public boolean isVital() {
            return true;
        }

        @Override
        public String hint() {
            return "Look.";
        }

        @Override
        public Mono<CheckResult> check() {
            return Mono.defer(answer::get);
        }
    }));

    @Test
    void whatReadinessKnowsIsNotContradictedByAnOlderLookAtEverything() {
        assertThat(status(checks.all())).isEqualTo(Health.UP);

        answer.set(Mono.error(new IllegalStateException("it is gone")));

        assertThat(status(checks.vital())).isEqualTo(Health.DOWN);
        assertThat(status(checks.all())).isEqualTo(Health.DOWN);
    }

    @Test
    void whatFailsIsSaidInWordsForPeople() {
        answer.set(Mono.error(new IllegalStateException("it is gone")));

        CheckResult result = Objects.requireNonNull(
                Objects.requireNonNull(checks.all().block()).get("database"));

        assertThat(result.detail()).isEqualTo("does not answer as it should").doesNotContain("Exception");
        assertThat(result.checkedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    private static Health status(Mono<Map<String, CheckResult>> results) {
        return Objects.requireNonNull(Objects.requireNonNull(results.block()).get("database"))
                .status();
    }
}
