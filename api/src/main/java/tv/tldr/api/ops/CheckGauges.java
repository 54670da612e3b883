package tv.tldr.api.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How is each dependency, as this process sees it? For Prometheus: 0 up, 1 degraded, 2 down. */
@Component
final class CheckGauges {
    private static final double MILLIS = 1000;

    private final HealthChecks checks;
    private final Map<String, CheckResult> latest = new ConcurrentHashMap<>();

    CheckGauges(HealthChecks checks, List<HealthCheck> all, Version version, MeterRegistry registry) {
        this.checks = checks;
        for (HealthCheck check : all) {
            gauge(registry, check.name(), "tldr.check.status", null, result -> switch (result.status()) {
                case UP -> 0;
                case DEGRADED -> 1;
                case DOWN -> 2;
            });
            gauge(
                    registry,
                    check.name(),
                    "tldr.check.latency",
                    "seconds",
                    result -> (double) result.latencyMs() / MILLIS);
        }
        Gauge.builder("tldr.build", () -> 1)
                .tag("version", version.text())
                .description("The version of the program that runs; always 1")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry,
            String check,
            String name,
            @Nullable String unit,
            ToDoubleFunction<CheckResult> value) {
        Gauge.builder(name, this, self -> {
                    CheckResult result = self.latest.get(check);
                    return result == null ? Double.NaN : value.applyAsDouble(result);
                })
                .tag("check", check)
                .baseUnit(unit)
                .register(registry);
    }

    @Scheduled(initialDelayString = "${tldr.metrics.first-look}", fixedDelayString = "${tldr.metrics.interval}")
    Mono<Void> look() {
        return checks.all().doOnNext(latest::putAll).then();
    }
}
