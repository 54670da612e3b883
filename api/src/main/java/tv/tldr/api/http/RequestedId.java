package tv.tldr.api.http;

import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FreshUuid;

/**
 * Which id does the thing get that a request makes? Of a request that may come again the same one in every try, so that a
 * try that died after it had written finds what is written.
 */
public final class RequestedId {
    private static final String ATTRIBUTE = RequestedId.class.getName();

    private RequestedId() {}

    /** The id that was given for the request, else one that nobody has. For one thing a request. */
    public static UUID of(ServerWebExchange exchange) {
        UUID given = exchange.getAttribute(ATTRIBUTE);
        return given == null ? FreshUuid.next() : given;
    }

    /** What a try of before may have made; nobody looks for it when the request has none. */
    public static <T> Mono<T> before(ServerWebExchange exchange, Mono<T> look) {
        return exchange.getAttribute(ATTRIBUTE) == null ? Mono.empty() : look;
    }

    /** From now on {@link #of} answers {@code id} in this request. */
    public static void give(ServerWebExchange exchange, UUID id) {
        exchange.getAttributes().put(ATTRIBUTE, id);
    }
}
