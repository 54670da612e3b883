package tv.tldr.api.auth;

import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AttemptStore;
import tv.tldr.api.limits.Tries;
import tv.tldr.api.security.ClientAddress;

/**
 * Who has tried too often? A try is counted before it is judged, so that many at once are no way around, and taken back when it
 * was a good one.
 */
@Component
final class Limits {
    private final Tries tries;
    private final AttemptStore attempts;
    private final ClientAddress addresses;
    private final AuthProperties properties;

    Limits(Tries tries, AttemptStore attempts, ClientAddress addresses, AuthProperties properties) {
        this.tries = tries;
        this.attempts = attempts;
        this.addresses = addresses;
        this.properties = properties;
    }

    /** Goes on, or ends with RATE_LIMIT_EXCEEDED and when to come back. */
    Mono<Void> tryAccount(String email, ServerWebExchange exchange) {
        return tryAddress(exchange)
                .then(tries.count(account(email), properties.triesPerAccount(), properties.window(), exchange));
    }

    /** The same for what concerns no account that is known. */
    Mono<Void> tryAddress(ServerWebExchange exchange) {
        return tries.count(address(exchange), properties.triesPerAddress(), properties.window(), exchange);
    }

    /** It was a good try. */
    Mono<Void> succeeded(String email, ServerWebExchange exchange) {
        return attempts.forget(account(email)).then(attempts.giveBack(address(exchange)));
    }

    /** Whether one more mail may go there. */
    Mono<Boolean> mayMail(String email) {
        return attempts.count("mail to " + email, properties.mailsPerReceiver(), properties.window())
                .map(Optional::isEmpty);
    }

    private static String account(String email) {
        return "account " + email;
    }

    private String address(ServerWebExchange exchange) {
        return "address " + addresses.text(exchange.getRequest());
    }
}
