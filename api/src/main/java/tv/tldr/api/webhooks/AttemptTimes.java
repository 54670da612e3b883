package tv.tldr.api.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import tv.tldr.activities.store.AttemptResult;
import tv.tldr.activities.store.AttemptResult.Outcome;

/** How long do receivers take, and does what is sent arrive? For Prometheus. */
@Component
final class AttemptTimes implements MeterBinder {
    /** Timer of requests; tag {@code outcome}. */
    static final String ATTEMPTS = "tldr.webhook.attempts";
    /** Counter of deliveries that are over; tag {@code result}. */
    static final String DELIVERIES = "tldr.webhook.deliveries";

    /** So that a rate has a beginning. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            registry.timer(ATTEMPTS, "outcome", outcome.wire());
        }
        registry.counter(DELIVERIES, "result", "delivered");
        registry.counter(DELIVERIES, "result", "failed");
    }

    /** @param last whether it is not tried again */
    static void add(AttemptResult result, boolean last) {
        Metrics.timer(ATTEMPTS, "outcome", result.outcome().wire()).record(result.latency());
        if (last) {
            Metrics.counter(DELIVERIES, "result", result.hasArrived() ? "delivered" : "failed")
                    .increment();
        }
    }
}
