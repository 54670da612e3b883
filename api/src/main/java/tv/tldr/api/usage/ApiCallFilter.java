package tv.tldr.api.usage;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tv.tldr.api.security.Tenant;

/** Whose request is counted? That of everybody who is known and was not told to come later. */
@Component
@Order(10)
public final class ApiCallFilter implements WebFilter {
    private final ApiCalls calls;

    ApiCallFilter(ApiCalls calls) {
        this.calls = calls;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Tenant.of(exchange).ifPresent(tenant -> calls.count(tenant.organizationId()));
        return chain.filter(exchange);
    }
}
