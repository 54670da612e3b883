package tv.tldr.api.security;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountStore;
import tv.tldr.activities.store.KeyLookup;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;

/** Is there a valid API key? Everything needs one that is not named here as open. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
public final class ApiKeyFilter implements WebFilter {
    static final String HEADER = "X-API-Key";
    static final String TENANT = Tenant.class.getName();

    private static final Set<String> OPEN = Set.of("/", "/health", "/health/ready", "/openapi.json", "/docs");
    private static final Set<String> OPEN_FOLDERS = Set.of("/docs/", "/webjars/swagger-ui/");
    private static final Set<String> OPERATIONS = Set.of("/health/detailed", "/metrics");
    private static final String BEARER = "bearer ";

    private final AccountStore accounts;
    private final SecurityProperties properties;

    ApiKeyFilter(AccountStore accounts, SecurityProperties properties) {
        this.accounts = accounts;
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isOpen(exchange.getRequest().getPath().value())) {
            return chain.filter(exchange);
        }
        return presented(exchange.getRequest())
                .map(key -> accounts.lookUp(key).map(ApiKeyFilter::admit).flatMap(tenant -> {
                    exchange.getAttributes().put(TENANT, tenant);
                    return chain.filter(exchange);
                }))
                .orElseGet(() -> Mono.error(new ProblemException(
                        ErrorCode.AUTHENTICATION_REQUIRED,
                        "Send an API key as X-API-Key: tldr_sk_… or as Authorization: Bearer tldr_sk_…")));
    }

    private boolean isOpen(String path) {
        return OPEN.contains(path)
                || OPEN_FOLDERS.stream().anyMatch(path::startsWith)
                || (properties.openOperations() && OPERATIONS.contains(path));
    }

    private static Optional<String> presented(ServerHttpRequest request) {
        String key = request.getHeaders().getFirst(HEADER);
        if (key != null) {
            return Optional.of(key.strip());
        }
        return Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Tenant admit(KeyLookup lookup) {
        return switch (lookup) {
            case KeyLookup.Valid valid -> Tenant.of(valid.key());
            case KeyLookup.Expired expired ->
                throw new ProblemException(
                        ErrorCode.API_KEY_EXPIRED,
                        "The API key " + expired.key().preview() + " has expired; make a new one.");
            case KeyLookup.Unknown unknown ->
                throw new ProblemException(
                        ErrorCode.INVALID_API_KEY,
                        "This API key is not known: it was mistyped, revoked or belongs to another installation.");
        };
    }
}
