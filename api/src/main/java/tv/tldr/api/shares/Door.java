package tv.tldr.api.shares;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.activities.store.ShareRow;
import tv.tldr.activities.store.ShareStore;
import tv.tldr.activities.store.ShareTokens;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.limits.Tries;
import tv.tldr.api.security.ClientAddress;

/**
 * Who comes in by a link? It is looked up anew for every request, so that a revocation holds at once. A link that never was,
 * has expired, was revoked, is used up, or is not for this address is told apart by nobody.
 */
@Component
final class Door {
    /** Requests of one address: a player asks for a clip in parts. */
    private static final int MOST = 300;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** How long one view may last. */
    private static final Duration VIEW = Duration.ofHours(6);

    private final ShareStore shares;
    private final ShareTokens tokens;
    private final HighlightStore highlights;
    private final Tries tries;
    private final ClientAddress addresses;
    private final Clock clock;

    Door(
            ShareStore shares,
            ShareTokens tokens,
            HighlightStore highlights,
            Tries tries,
            ClientAddress addresses,
            Clock clock) {
        this.shares = shares;
        this.tokens = tokens;
        this.highlights = highlights;
        this.tries = tries;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Somebody who is in. */
    record Guest(ShareRow share, HighlightRow highlight) {}

    /** The ticket of one view. */
    String ticket(ShareRow share) {
        Instant end = clock.instant().plus(VIEW);
        return tokens.ticket(share.id(), end.isBefore(share.expiresAt()) ? end : share.expiresAt());
    }

    /** One more who looks, counted unless it is only asked whether one could. */
    Mono<Guest> view(String token, boolean counts, ServerWebExchange exchange) {
        return knock(token, exchange)
                .flatMap(share ->
                        counts ? shares.countView(share) : Mono.just(share).filter(ShareRow::hasViewsLeft))
                .flatMap(this::guest)
                .switchIfEmpty(Mono.error(Door::closed));
    }

    /** Somebody with the ticket of a view. */
    Mono<Guest> with(String token, Optional<String> ticket, ServerWebExchange exchange) {
        return knock(token, exchange)
                .filter(share -> ticket.filter(one -> tokens.isGood(one, share.id(), clock.instant()))
                        .isPresent())
                .flatMap(this::guest)
                .switchIfEmpty(Mono.error(Door::closed));
    }

    private Mono<ShareRow> knock(String token, ServerWebExchange exchange) {
        return tries.count("shared links from " + addresses.text(exchange.getRequest()), MOST, WINDOW, exchange)
                .then(Mono.defer(() -> shares.byToken(token)))
                .filter(share -> isAllowed(share, exchange));
    }

    private boolean isAllowed(ShareRow share, ServerWebExchange exchange) {
        return share.ipRanges().isEmpty()
                || addresses
                        .of(exchange.getRequest())
                        .filter(address -> share.ipRanges().stream()
                                .anyMatch(range -> AddressRange.parse(range).contains(address)))
                        .isPresent();
    }

    private Mono<Guest> guest(ShareRow share) {
        return highlights.find(share.organization(), share.highlight()).map(highlight -> new Guest(share, highlight));
    }

    static ProblemException closed() {
        return ProblemException.notFound("link");
    }
}
