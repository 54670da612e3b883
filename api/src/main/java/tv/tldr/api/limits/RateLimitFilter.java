package tv.tldr.api.limits;

import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;

/** Does a client ask too often, and how often may it still? Told with every answer to somebody who is known. */
@Component
@Order(0)
public final class RateLimitFilter implements WebFilter {
    private static final String LIMIT = "RateLimit-Limit";
    private static final String REMAINING = "RateLimit-Remaining";
    private static final String RESET = "RateLimit-Reset";
    private static final String OLD_FASHIONED = "X-";

    private static final int MOST_OUTSIDE = 60;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final RateLimits limits;
    private final Tries tries;

    RateLimitFilter(RateLimits limits, Tries tries) {
        this.limits = limits;
        this.tries = tries;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Tenant.of(exchange)
                .map(tenant -> tenant.organization().isPresent()
                        ? limits.take(tenant).flatMap(decision -> act(decision, exchange, chain))
                        : outside(tenant, exchange).then(chain.filter(exchange)))
                .orElseGet(() -> chain.filter(exchange));
    }

    /** Somebody without an organization, and so without a plan. */
    private Mono<Void> outside(Tenant tenant, ServerWebExchange exchange) {
        return tries.count("requests of " + tenant.actor().id(), MOST_OUTSIDE, A_MINUTE, exchange);
    }

    private static Mono<Void> act(Decision decision, ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return switch (decision) {
            case Decision.Unlimited _ -> chain.filter(exchange);
            case Decision.Admitted(int limit, int remaining, long secondsUntilFull) -> {
                tell(headers, limit, remaining, secondsUntilFull);
                yield chain.filter(exchange);
            }
            case Decision.Refused(int limit, long secondsUntilFull, long retryAfter) -> {
                tell(headers, limit, 0, secondsUntilFull);
                headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter));
                yield Mono.error(new ProblemException(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "More than " + limit + " requests a minute; the next one is answered in " + retryAfter
                                + " s."));
            }
        };
    }

    private static void tell(HttpHeaders headers, int limit, int remaining, long reset) {
        set(headers, LIMIT, limit);
        set(headers, REMAINING, remaining);
        set(headers, RESET, reset);
    }

    private static void set(HttpHeaders headers, String name, long value) {
        String text = String.valueOf(value);
        headers.set(name, text);
        headers.set(OLD_FASHIONED + name, text);
    }
}
