package tv.tldr.api.http;

import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * May a page of another origin read the answers? Browsers ask before they send a key, so this stands before authentication.
 * Cookies are never meant: whoever calls shows a key. An origin that is not known is answered like anybody, without leave.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
final class CorsFilter implements WebFilter {
    private static final List<HttpMethod> METHODS = List.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final List<String> READABLE = List.of(
            "ETag",
            "Location",
            "Retry-After",
            "Content-Disposition",
            "Content-Range",
            "Accept-Ranges",
            "X-Request-Id",
            "Idempotency-Replayed",
            "Tus-Resumable",
            "Upload-Offset",
            "Upload-Length",
            "Upload-Metadata",
            "Upload-Expires",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset");
    private static final List<String> SENDABLE = List.of(
            "Authorization",
            "X-API-Key",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            "Range",
            "If-Range",
            "Tus-Resumable",
            "Upload-Length",
            "Upload-Metadata",
            "Upload-Offset",
            "Upload-Checksum",
            "X-Request-Id");
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final HttpProperties properties;

    CorsFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (properties.corsOrigins().isEmpty()) {
            return chain.filter(exchange);
        }
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = exchange.getRequest().getHeaders().getOrigin();
        if (origin == null || !properties.allows(origin)) {
            return chain.filter(exchange);
        }
        answer.setAccessControlAllowOrigin(origin);
        answer.setAccessControlExposeHeaders(READABLE);
        if (!isPreflight(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        answer.setAccessControlAllowMethods(METHODS);
        answer.setAccessControlAllowHeaders(SENDABLE);
        answer.setAccessControlMaxAge(REMEMBERED);
        exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
        return exchange.getResponse().setComplete();
    }

    private static boolean isPreflight(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaders().getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }
}
