package tv.tldr.api.ops;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What was seen a moment ago? Whoever asks when it is old starts a new look, one for all who ask meanwhile, and waits for it only
 * briefly: what was seen before is the answer then, unless that is too old to be true.
 *
 * @param <T> what is seen
 */
final class Watched<T> {
    private final Mono<T> look;
    private final Duration fresh;
    private final Duration stale;
    private final Duration patience;
    private final AtomicReference<@Nullable Seen<T>> last = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<T>> running = new AtomicReference<>();

    private record Seen<T>(T value, long at) {
        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - at < age.toNanos();
        }
    }

    /**
     * @param look takes its time, and ends
     * @param fresh so long is it the answer without another look
     * @param stale and so long when the new look takes longer than {@code patience}
     */
    Watched(Mono<T> look, Duration fresh, Duration stale, Duration patience) {
        this.look = look;
        this.fresh = fresh;
        this.stale = stale;
        this.patience = patience;
    }

    Mono<T> get() {
        return Mono.defer(() -> {
            Seen<T> seen = last.get();
            if (seen != null && seen.isYoungerThan(fresh)) {
                return Mono.just(seen.value());
            }
            return renewed();
        });
    }

    /** As {@link #get}, by a new look although the last one is fresh: something has changed since. */
    Mono<T> renewed() {
        return Mono.defer(() -> {
            Seen<T> seen = last.get();
            Mono<T> next = next();
            return seen != null && seen.isYoungerThan(stale) ? next.timeout(patience, Mono.just(seen.value())) : next;
        });
    }

    /** The look that is under way, else a new one. It goes on when nobody waits for it any more, and is over before it is told. */
    private Mono<T> next() {
        Mono<T> mine = look.doOnNext(value -> last.set(new Seen<>(value, System.nanoTime())))
                .doOnTerminate(() -> running.set(null))
                .cache();
        Mono<T> other = running.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }
}
