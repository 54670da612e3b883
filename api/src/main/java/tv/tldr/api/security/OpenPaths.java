package tv.tldr.api.security;

import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What is there for everybody? Everything needs a key or a sign-in that is not named here. */
@Component
final class OpenPaths implements ServerWebExchangeMatcher {
    private static final Set<String> PATHS = Set.of(
            "/",
            "/health",
            "/health/ready",
            "/openapi.json",
            "/docs",
            "/verify-email",
            "/reset-password",
            "/accept-invitation",
            "/api/v1/auth/register",
            "/api/v1/auth/login",
            "/api/v1/auth/refresh",
            "/api/v1/auth/password/forgot",
            "/api/v1/auth/password/reset",
            "/api/v1/auth/verify-email",
            "/api/v1/auth/invitations/accept");
    private static final Set<String> FOLDERS = Set.of("/docs/", "/webjars/swagger-ui/", "/shared/", "/files/");
    private static final Set<String> OPERATIONS = Set.of("/health/detailed", "/metrics");

    private final SecurityProperties properties;

    OpenPaths(SecurityProperties properties) {
        this.properties = properties;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return isOpen(exchange.getRequest()) ? MatchResult.match() : MatchResult.notMatch();
    }

    /** Whether anybody is answered here, and who shows who he is told more. */
    boolean letsStrangersIn(ServerHttpRequest request) {
        return properties.openOperations() && isOfOperations(request);
    }

    /** Whether only those are answered here who run the installation. */
    Mono<MatchResult> isClosedOperation(ServerWebExchange exchange) {
        return !properties.openOperations() && isOfOperations(exchange.getRequest())
                ? MatchResult.match()
                : MatchResult.notMatch();
    }

    private static boolean isOfOperations(ServerHttpRequest request) {
        return OPERATIONS.contains(request.getPath().value());
    }

    /** Compared here and nowhere looked up, so that who watches is answered while the database is away. */
    private boolean isOfWatchers(ServerHttpRequest request) {
        String token = properties.operationsToken();
        return !token.isEmpty() && isOfOperations(request) && CredentialReader.isOnlyBearer(request, token);
    }

    /** Whoever shows who he is where nobody needs to, is told more. */
    private boolean isOpen(ServerHttpRequest request) {
        String path = request.getPath().value();
        return PATHS.contains(path)
                || FOLDERS.stream().anyMatch(path::startsWith)
                || (letsStrangersIn(request) && !CredentialReader.isShown(request))
                || isOfWatchers(request);
    }
}
