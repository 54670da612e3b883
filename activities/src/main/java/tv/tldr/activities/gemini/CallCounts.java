package tv.tldr.activities.gemini;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Locale;

/** How many requests to the model, tokens and dollars has this process taken? For Prometheus; the books are in the database. */
final class CallCounts {
    /** Counter of requests; tags {@code kind} and {@code state}. */
    static final String REQUESTS = "tldr.model.requests";
    /** Counter of tokens; tag {@code of}. */
    static final String TOKENS = "tldr.model.tokens";
    /** Counter of US dollars. */
    static final String COST = "tldr.model.cost";

    private CallCounts() {}

    /** So that a rate has a beginning: who asks no model says 0, too. */
    static void begin(MeterRegistry registry) {
        count(registry, TokenUsage.NONE);
        cost(registry, Cost.ZERO);
    }

    /** A call whose end is known, or not to be known. */
    static void add(ModelCall call) {
        MeterRegistry registry = Metrics.globalRegistry;
        registry.counter(REQUESTS, "kind", word(call.kind()), "state", word(call.state()))
                .increment();
        count(registry, call.usage());
        cost(registry, call.cost());
    }

    private static void count(MeterRegistry registry, TokenUsage usage) {
        registry.counter(TOKENS, "of", "text").increment((double) usage.text());
        registry.counter(TOKENS, "of", "video").increment((double) usage.video());
        registry.counter(TOKENS, "of", "audio").increment((double) usage.audio());
        registry.counter(TOKENS, "of", "output").increment((double) usage.output());
    }

    private static void cost(MeterRegistry registry, Cost cost) {
        Counter.builder(COST)
                .baseUnit("usd")
                .description("What requests to the model have cost, by the price list")
                .register(registry)
                .increment(cost.usd().doubleValue());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
