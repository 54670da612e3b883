package tv.tldr.api.security;

import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.api.security.Credential.Kind;

/** What does a request present? A key in a header of its own, or a key or an access token as bearer. */
@Component
final class CredentialReader implements ServerAuthenticationConverter {
    private static final String HEADER = "X-API-Key";
    private static final String BEARER = "bearer ";
    /** How every JSON Web Token begins: a brace and a quotation mark in Base64. */
    private static final String TOKEN = "eyJ";

    private final ClientAddress addresses;

    CredentialReader(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return Mono.justOrEmpty(read(exchange.getRequest()));
    }

    /** Whether anything is presented, good or not. */
    static boolean isShown(ServerHttpRequest request) {
        String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return request.getHeaders().containsHeader(HEADER)
                || (authorization != null
                        && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER));
    }

    private Optional<Credential> read(ServerHttpRequest request) {
        String key = request.getHeaders().getFirst(HEADER);
        if (key != null) {
            return Optional.of(Credential.presented(Kind.API_KEY, key.strip(), addresses.of(request)));
        }
        return Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .map(text -> Credential.presented(
                        text.startsWith(TOKEN) ? Kind.ACCESS_TOKEN : Kind.API_KEY, text, addresses.of(request)));
    }
}
