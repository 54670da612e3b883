package tv.tldr.api.http;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What does an empty {@code Accept} ask for? Nothing in particular (RFC 9110, 12.5.1), as if it were not there; the page of
 * metrics would stumble over it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EmptyAcceptFilter implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String accept = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
        return accept != null && accept.isBlank()
                ? chain.filter(exchange.mutate()
                        .request(request -> request.headers(headers -> headers.remove(HttpHeaders.ACCEPT)))
                        .build())
                : chain.filter(exchange);
    }
}
