package tv.tldr.api.security;

import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.api.http.ProblemException;

/** Is who began a long answer admitted still? A key that is revoked in the middle of it hears no more. */
@Component
public final class StillAdmitted {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CredentialReader reader;
    private final KeyAdmission keys;
    private final SessionAdmission sessions;

    StillAdmitted(CredentialReader reader, KeyAdmission keys, SessionAdmission sessions) {
        this.reader = reader;
        this.keys = keys;
        this.sessions = sessions;
    }

    /** Completes when what the request was admitted with is good no more; while that cannot be found out it is believed. */
    public Mono<Void> untilNot(ServerWebExchange exchange) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(look -> isGood(exchange), 1)
                .takeUntil(good -> !good)
                .then();
    }

    private Mono<Boolean> isGood(ServerWebExchange exchange) {
        return reader.convert(exchange)
                .cast(Credential.class)
                .flatMap(presented -> switch (presented.kind()) {
                    case API_KEY -> keys.check(presented.getCredentials(), presented.address());
                    case ACCESS_TOKEN -> sessions.admit(presented.getCredentials());
                })
                .hasElement()
                .onErrorResume(ProblemException.class, refused -> Mono.just(false))
                .onErrorReturn(true);
    }
}
