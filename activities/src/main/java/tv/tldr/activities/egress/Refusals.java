package tv.tldr.activities.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was one job not allowed to reach? The first refusal is what it is told; each is counted and in the log. */
public final class Refusals {
    /** Counter of what was refused; tags {@code of} and {@code reason}. */
    static final String METRIC = "tldr.egress.refusals";

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final String job;
    private final AtomicReference<@Nullable Refusal> first = new AtomicReference<>();

    /** @param job who asks, for the log: an id */
    Refusals(String job) {
        this.job = job;
    }

    /** @param why continues "the URL is refused: " or "the source is too long: "; neither addresses nor paths */
    void add(Refusal.Reason reason, String why) {
        first.compareAndSet(null, new Refusal(reason, why));
        counter(Metrics.globalRegistry, Opened.PIECE, reason).increment();
        LOG.warn("{} was kept from a connection: {}", job, why);
    }

    /** Counts a URL that leads to a forbidden address. */
    public static void count(Opened opened) {
        counter(Metrics.globalRegistry, opened, Refusal.Reason.FORBIDDEN).increment();
    }

    /** So that refusals are counted from 0 on: a rate has a beginning. */
    public static void begin(MeterRegistry registry) {
        for (Opened opened : Opened.values()) {
            counter(registry, opened, Refusal.Reason.FORBIDDEN);
        }
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            counter(registry, Opened.PIECE, reason);
        }
    }

    private static Counter counter(MeterRegistry registry, Opened opened, Refusal.Reason reason) {
        return registry.counter(METRIC, "of", word(opened), "reason", word(reason));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Optional<Refusal> first() {
        return Optional.ofNullable(first.get());
    }
}
