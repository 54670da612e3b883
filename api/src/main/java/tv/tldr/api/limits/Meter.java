package tv.tldr.api.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.RateLease;

/**
 * May one more request of a subject go on? Out of what this process has drawn from the shared bucket, almost always without
 * asking anybody; when that is used up all requests that wait share one question. While nobody answers, a share of the limit
 * and of what was left of it is this process's own, and is paid back as soon as somebody does.
 */
final class Meter {
    private static final Logger log = LoggerFactory.getLogger(Meter.class);
    /** A request does not wait longer for the shared bucket. */
    static final Duration PATIENCE = Duration.ofMillis(500);
    /** So long nobody is asked again who did not answer. */
    static final Duration PAUSE = Duration.ofSeconds(2);
    /** So long a subject without a limit is believed to have none. */
    static final Duration BELIEVED = Duration.ofSeconds(30);
    /** Of the limit: what a process lets through by itself. With more than two of them it is a little too much. */
    static final double OWN_SHARE = 0.5;

    private final IntFunction<Mono<RateLease>> leases;
    private final LongSupplier clock;
    private final AtomicReference<LocalTokens> tokens = new AtomicReference<>(LocalTokens.NONE);
    private final AtomicReference<@Nullable Mono<Void>> question = new AtomicReference<>();
    private final AtomicReference<@Nullable Bucket> own = new AtomicReference<>();
    private final AtomicInteger owed = new AtomicInteger();
    private volatile @Nullable Long unlimitedSince;
    private volatile @Nullable Long awaySince;
    private volatile boolean doubted;

    /**
     * @param leases draws from the shared bucket, told how many were let through without it; empty when there is no limit
     * @param clock nanoseconds, as {@link System#nanoTime}
     */
    Meter(IntFunction<Mono<RateLease>> leases, LongSupplier clock) {
        this.leases = leases;
        this.clock = clock;
    }

    Mono<Decision> take() {
        Decision now = decide();
        return now != null ? Mono.just(now) : ask().then(Mono.defer(this::take));
    }

    /** Null: the shared bucket must be asked. */
    private @Nullable Decision decide() {
        long now = clock.getAsLong();
        if (isWithin(unlimitedSince, BELIEVED, now)) {
            return new Decision.Unlimited();
        }
        while (true) {
            LocalTokens before = tokens.get();
            if (!before.has(now)) {
                boolean away = isWithin(awaySince, PAUSE, now);
                boolean believed = away || !doubted;
                return before.isExhausted(now) && believed ? before.refused(now) : away ? alone() : null;
            }
            LocalTokens after = before.taken();
            if (tokens.compareAndSet(before, after)) {
                return after.admitted(now);
            }
        }
    }

    /** The limit may be another one: whoever has none, or nothing left, is asked about again. */
    void doubt() {
        doubted = true;
        unlimitedSince = null;
    }

    private static boolean isWithin(@Nullable Long since, Duration time, long now) {
        return since != null && now - since < time.toNanos();
    }

    private Mono<Void> ask() {
        Mono<Void> fresh = Mono.fromSupplier(() -> {
                    doubted = false;
                    return owed.get();
                })
                .flatMap(owing -> leases.apply(owing).map(lease -> drawn(lease, owing)))
                .switchIfEmpty(Mono.fromSupplier(this::unlimited))
                .timeout(PATIENCE)
                .onErrorResume(failure -> Mono.fromSupplier(() -> away(failure)))
                // Before anybody hears the answer: whom it does not suffice asks a new question.
                .then(Mono.<Void>fromRunnable(() -> question.set(null)))
                .cache();
        Mono<Void> asked = question.compareAndExchange(null, fresh);
        return asked == null ? fresh : asked;
    }

    private boolean drawn(RateLease lease, int paid) {
        owed.addAndGet(-paid);
        own.set(null);
        unlimitedSince = null;
        awaySince = null;
        tokens.set(LocalTokens.of(lease, clock.getAsLong()));
        return true;
    }

    private boolean unlimited() {
        awaySince = null;
        unlimitedSince = clock.getAsLong();
        return true;
    }

    private boolean away(Throwable failure) {
        log.warn("The shared limit does not answer, this process keeps one of its own: {}", failure.toString());
        awaySince = clock.getAsLong();
        return true;
    }

    /** Without the others. Of whom nothing is known yet nothing is refused. */
    private Decision alone() {
        int limit = tokens.get().limit();
        if (limit == 0) {
            return new Decision.Unlimited();
        }
        ConsumptionProbe probe = bucket(limit).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            owed.incrementAndGet();
        }
        long full = seconds(probe.getNanosToWaitForReset());
        return probe.isConsumed()
                ? new Decision.Admitted(limit, (int) probe.getRemainingTokens(), full)
                : new Decision.Refused(limit, full, Math.max(1, seconds(probe.getNanosToWaitForRefill())));
    }

    private Bucket bucket(int limit) {
        Bucket known = own.get();
        if (known != null) {
            return known;
        }
        long share = Math.max(1, (long) (limit * OWN_SHARE));
        long begin = Math.min(share, tokens.get().share(OWN_SHARE, clock.getAsLong()));
        Bucket fresh = Bucket.builder()
                .addLimit(limits -> limits.capacity(share)
                        .refillGreedy(share, Duration.ofMinutes(1))
                        .initialTokens(begin))
                .build();
        Bucket before = own.compareAndExchange(null, fresh);
        return before == null ? fresh : before;
    }

    private static long seconds(long nanos) {
        return (nanos + Duration.ofSeconds(1).toNanos() - 1)
                / Duration.ofSeconds(1).toNanos();
    }
}
