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
        return isWithin("mail to " + email, properties.mailsPerReceiver());
    }

    /**
     * The same for what somebody has sent to whichever address they like.
     *
     * @param sender public id of an organization or a user
     */
    Mono<Boolean> mayMail(String email, String sender) {
        return isWithin("mails of " + sender, properties.mailsPerSender())
                .flatMap(may -> may ? mayMail(email) : Mono.just(false));
    }

    /** Whether somebody may be told once more what has changed. No link that others ask for keeps that back. */
    Mono<Boolean> mayTell(String email) {
        return isWithin("notices to " + email, properties.mailsPerReceiver());
    }

    private Mono<Boolean> isWithin(String subject, int most) {
        return attempts.count(subject, most, properties.window()).map(Optional::isEmpty);
    }

    private static String account(String email) {
        return "account " + email;
    }

    private String address(ServerWebExchange exchange) {
        return "address " + addresses.text(exchange.getRequest());
    }
}
