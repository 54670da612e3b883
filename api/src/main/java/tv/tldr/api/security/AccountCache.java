package tv.tldr.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountChanges;

/**
 * What was read about somebody a moment ago, if nothing was changed since? Kept for a while, and not used while
 * changes are not heard. What does not exist is not kept.
 */
final class AccountCache<K, V> {
    private static final int MOST = 20_000;

    private final AccountChanges changes;
    private final Cache<K, V> kept;
    /** Raised by every change: what was read before it and arrives after it is not kept. */
    private final AtomicLong generation = new AtomicLong();

    /** @param longest so long is something kept that nobody said was changed */
    AccountCache(AccountChanges changes, Duration longest) {
        this.changes = changes;
        this.kept = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(longest)
                .build();
    }

    Mono<V> get(K key, Function<K, Mono<V>> read) {
        if (!changes.isCurrent()) {
            return read.apply(key);
        }
        V value = kept.getIfPresent(key);
        if (value != null) {
            return Mono.just(value);
        }
        long before = generation.get();
        return read.apply(key).doOnNext(found -> keep(key, found, before));
    }

    private void keep(K key, V value, long before) {
        if (generation.get() == before) {
            kept.put(key, value);
            if (generation.get() != before) {
                kept.invalidate(key);
            }
        }
    }

    void forget(K key) {
        generation.incrementAndGet();
        kept.invalidate(key);
    }

    void forgetWhere(Predicate<V> condition) {
        generation.incrementAndGet();
        kept.asMap().values().removeIf(condition);
    }

    void forgetAll() {
        generation.incrementAndGet();
        kept.invalidateAll();
    }
}
