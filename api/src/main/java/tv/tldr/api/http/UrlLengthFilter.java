package tv.tldr.api.http;

import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Is an address short enough? Nothing that is meant here needs more. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class UrlLengthFilter implements WebFilter {
    /** Characters of path and query, as they were sent. */
    static final int LONGEST = 2048;

    static final String TOO_LONG = "Path and query are longer than " + LONGEST + " characters.";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        URI uri = exchange.getRequest().getURI();
        int query = uri.getRawQuery() == null ? 0 : uri.getRawQuery().length() + 1;
        if (uri.getRawPath().length() + query > LONGEST) {
            return Mono.error(ProblemException.refused(HttpStatus.URI_TOO_LONG, TOO_LONG));
        }
        return chain.filter(exchange);
    }
}
