package tv.tldr.api.http;

import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Does this process answer requests, or does it only work? One that only works still tells its operators how it is. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class RoleFilter implements WebFilter {
    private static final Set<String> OPERATIONS = Set.of("/health", "/health/ready", "/health/detailed", "/metrics");

    private final HttpProperties properties;

    RoleFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (properties.apiEnabled()
                || OPERATIONS.contains(exchange.getRequest().getPath().value())) {
            return chain.filter(exchange);
        }
        return Mono.error(new ProblemException(
                ErrorCode.RESOURCE_NOT_FOUND, "This process only works; requests are answered by others."));
    }
}
