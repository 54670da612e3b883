package tv.tldr.activities.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import tv.tldr.workflows.event.EventType;

/** What has happened since this process started? For Prometheus: counted once it is committed, and for no organization. */
final class Tally {
    /** Counter of events; tag {@code type}. */
    static final String EVENTS = "tldr.events";
    /** Counter of highlights that were found; tag {@code degraded}: whether less was asked of the model than was meant. */
    static final String HIGHLIGHTS = "tldr.highlights.found";

    /** Counter of streams that failed; tag {@code cause}: whose doing that was. */
    static final String FAILURES = "tldr.streams.failed";

    private Tally() {}

    /** So that a rate has a beginning. */
    static void begin(MeterRegistry registry) {
        for (EventType type : EventType.values()) {
            if (type != EventType.TEST_PING) {
                event(registry, type.wire());
            }
        }
        for (FailureCause cause : FailureCause.values()) {
            failure(registry, cause);
        }
        highlight(registry, true);
        highlight(registry, false);
    }

    static void events(List<String> types) {
        types.forEach(type -> event(Metrics.globalRegistry, type).increment());
    }

    static void highlights(List<HighlightRow> found) {
        found.forEach(
                one -> highlight(Metrics.globalRegistry, one.degraded() != null).increment());
    }

    static void failure(FailureCause cause) {
        failure(Metrics.globalRegistry, cause).increment();
    }

    private static Counter failure(MeterRegistry registry, FailureCause cause) {
        return registry.counter(FAILURES, "cause", cause.wire());
    }

    private static Counter event(MeterRegistry registry, String type) {
        return registry.counter(EVENTS, "type", type);
    }

    private static Counter highlight(MeterRegistry registry, boolean degraded) {
        return registry.counter(HIGHLIGHTS, "degraded", String.valueOf(degraded));
    }
}
