package tv.tldr.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Credential.Kind;

/** What does a request present? A key in a header of its own, or a key or an access token as bearer: one of them. */
@Component
final class CredentialReader implements ServerAuthenticationConverter {
    private static final String HEADER = "X-API-Key";
    private static final String BEARER = "bearer ";
    /** How every JSON Web Token begins, a brace and a quotation mark in Base64, and what parts it: a key has no full stop. */
    private static final String TOKEN = "eyJ";

    private static final String PARTED = ".";

    private final ClientAddress addresses;

    CredentialReader(ClientAddress addresses) {
        this.addresses = addresses;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return Mono.defer(() -> Mono.justOrEmpty(read(exchange.getRequest())));
    }

    /** Whether anything is presented, good or not. */
    static boolean isShown(ServerHttpRequest request) {
        return !keys(request).isEmpty() || !bearers(request).isEmpty();
    }

    /** Whether that is all that is presented, as bearer. */
    static boolean isOnlyBearer(ServerHttpRequest request, String expected) {
        List<String> bearers = bearers(request);
        return keys(request).isEmpty()
                && bearers.size() == 1
                && MessageDigest.isEqual(bytes(bearers.getFirst().strip()), bytes(expected));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> keys(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HEADER);
    }

    private static List<String> bearers(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()))
                .toList();
    }

    private Optional<Credential> read(ServerHttpRequest request) {
        List<String> keys = keys(request);
        List<String> bearers = bearers(request);
        if (keys.size() + bearers.size() > 1) {
            // Each may be somebody else's: on whose behalf it is, nobody should have to guess.
            throw new ProblemException(
                    ErrorCode.AUTHENTICATION_REQUIRED,
                    "More than one key or token was sent. Send one of them: a key as X-API-Key: tldr_sk_…, or a key or an"
                            + " access token as Authorization: Bearer ….");
        }
        Stream<Credential> key = keys.stream().map(text -> presented(Kind.API_KEY, text, request));
        Stream<Credential> bearer = bearers.stream()
                .map(text -> presented(isToken(text.strip()) ? Kind.ACCESS_TOKEN : Kind.API_KEY, text, request));
        return Stream.concat(key, bearer).findFirst();
    }

    private static boolean isToken(String text) {
        return text.startsWith(TOKEN) || text.contains(PARTED);
    }

    private Credential presented(Kind kind, String text, ServerHttpRequest request) {
        return Credential.presented(kind, text.strip(), addresses.of(request));
    }
}
