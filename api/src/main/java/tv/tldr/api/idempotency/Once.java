package tv.tldr.api.idempotency;

import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.IdempotencyClaim.Held;
import tv.tldr.activities.store.IdempotencyStore;

/**
 * Did a try of the same request make its change and die before it answered? For changes that would be refused, or do harm, when
 * they are made twice; what has an id of its own needs {@link tv.tldr.api.http.RequestedId} alone.
 */
@Component
public final class Once {
    private static final String ATTRIBUTE = Once.class.getName();

    private final IdempotencyStore store;

    Once(IdempotencyStore store) {
        this.store = store;
    }

    static void give(ServerWebExchange exchange, Held held) {
        exchange.getAttributes().put(ATTRIBUTE, held);
    }

    /** {@code work}; when a try of before made its change, {@code made}, which looks at what there is of it. */
    public static <T> Mono<T> unlessMade(ServerWebExchange exchange, Mono<T> work, Mono<T> made) {
        return unlessMade(exchange, work, note -> made);
    }

    /** The same, with what was noted. */
    public static <T> Mono<T> unlessMade(ServerWebExchange exchange, Mono<T> work, Function<String, Mono<T>> made) {
        Held held = exchange.getAttribute(ATTRIBUTE);
        String done = held == null ? null : held.done();
        return done == null ? work : made.apply(done);
    }

    /** All of {@code change} with the note that it was made, or nothing. It is one transaction: nothing slow belongs in it. */
    public <T> Mono<T> noted(ServerWebExchange exchange, Mono<T> change) {
        return noted(exchange, change, made -> "");
    }

    /** @param note what of the change is to be seen nowhere else */
    public <T> Mono<T> noted(ServerWebExchange exchange, Mono<T> change, Function<T, String> note) {
        Held held = exchange.getAttribute(ATTRIBUTE);
        return held == null ? change : store.with(held, change, note);
    }
}
