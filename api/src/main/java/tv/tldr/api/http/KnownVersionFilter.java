package tv.tldr.api.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Does the client have the current version? What Spring leaves out of {@code If-None-Match}: {@code *} stands for whichever
 * version there is, and {@link PackedTag} for the one that was packed.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class KnownVersionFilter implements WebFilter {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        List<ETag> known = request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(line -> ETag.parse(line).stream())
                .toList();
        return chain.filter(
                known.isEmpty() || !READING.contains(request.getMethod()) ? exchange : new Knowing(exchange, known));
    }

    /** The exchange with a client that has something. */
    private static final class Knowing extends ServerWebExchangeDecorator {
        private final List<ETag> known;

        Knowing(ServerWebExchange exchange, List<ETag> known) {
            super(exchange);
            this.known = known;
        }

        @Override
        public boolean checkNotModified(@Nullable String tag, Instant lastModified) {
            Optional<String> had = tag == null ? Optional.empty() : had(tag);
            had.ifPresent(one -> {
                getResponse().setStatusCode(HttpStatus.NOT_MODIFIED);
                getResponse().getHeaders().setETag(one);
            });
            return had.isPresent() || super.checkNotModified(tag, lastModified);
        }

        /** The current version as the client named it, which is how it would get it again. */
        private Optional<String> had(String tag) {
            String current = strong(tag);
            return known.stream()
                    .filter(one -> one.isWildcard()
                            || PackedTag.plain(strong(one.formattedTag())).equals(current))
                    .map(one -> one.isWildcard() ? tag : one.formattedTag())
                    .findFirst();
        }

        /** Whether one has the bytes or something equal is the same here: RFC 9110, 13.1.2. */
        private static String strong(String tag) {
            return tag.startsWith("W/") ? tag.substring(2) : tag;
        }
    }
}
