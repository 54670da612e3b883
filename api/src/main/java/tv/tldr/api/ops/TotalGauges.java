package tv.tldr.api.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.InstallationStore;
import tv.tldr.activities.store.InstallationTotals;

/**
 * How much is in process, stored, and waiting to be delivered, in the whole installation? For Prometheus: each process says the
 * same; NaN while the database is away.
 */
@Component
final class TotalGauges {
    private static final Logger log = LoggerFactory.getLogger(TotalGauges.class);

    private final InstallationStore store;
    private volatile @Nullable InstallationTotals latest;

    TotalGauges(InstallationStore store, MeterRegistry registry) {
        this.store = store;
        streams(registry, "pending", InstallationTotals::pending);
        streams(registry, "processing", InstallationTotals::processing);
        gauge("tldr.storage", InstallationTotals::storedBytes)
                .baseUnit("bytes")
                .description("Recordings and clips of streams that have ended")
                .register(registry);
        gauge("tldr.webhook.waiting", InstallationTotals::deliveriesWaiting)
                .baseUnit("deliveries")
                .register(registry);
    }

    private void streams(MeterRegistry registry, String status, ToDoubleFunction<InstallationTotals> value) {
        gauge("tldr.streams", value).tag("status", status).register(registry);
    }

    private Gauge.Builder<TotalGauges> gauge(String name, ToDoubleFunction<InstallationTotals> value) {
        return Gauge.builder(name, this, self -> {
            InstallationTotals totals = self.latest;
            return totals == null ? Double.NaN : value.applyAsDouble(totals);
        });
    }

    /** No more often than that: it reads what all organizations have stored. */
    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    Mono<Void> look() {
        return store.totals()
                .doOnNext(totals -> latest = totals)
                .onErrorResume(failure -> {
                    log.debug("what there is cannot be counted", failure);
                    latest = null;
                    return Mono.empty();
                })
                .then();
    }
}
