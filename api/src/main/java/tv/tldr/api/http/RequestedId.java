package tv.tldr.api.http;

import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;
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

    /** From now on {@link #of} answers {@code id} in this request. */
    public static void give(ServerWebExchange exchange, UUID id) {
        exchange.getAttributes().put(ATTRIBUTE, id);
    }
}
