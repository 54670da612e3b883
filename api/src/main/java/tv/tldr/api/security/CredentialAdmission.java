package tv.tldr.api.security;

import java.time.Duration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StoreFailure;

/** Is what was presented good, and whose is it? Whatever is not good ends the request with its own code. */
@Component
final class CredentialAdmission implements ReactiveAuthenticationManager {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KeyAdmission keys;
    private final SessionAdmission sessions;

    CredentialAdmission(KeyAdmission keys, SessionAdmission sessions) {
        this.keys = keys;
        this.sessions = sessions;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication authentication) {
        Credential presented = (Credential) authentication;
        Mono<Tenant> tenant =
                switch (presented.kind()) {
                    case API_KEY -> keys.admit(presented.getCredentials(), presented.address());
                    case ACCESS_TOKEN -> sessions.admit(presented.getCredentials());
                };
        return tenant.map(presented::admitted);
    }

    /** The same where strangers are let in, too: somebody who cannot be known while the database is away, or hangs, is one. */
    Mono<Authentication> authenticateOrNot(Authentication authentication) {
        return authenticate(authentication)
                .timeout(PATIENCE, Mono.fromSupplier(((Credential) authentication)::unread))
                .onErrorResume(
                        StoreFailure.is(StoreFailure.Kind.UNAVAILABLE),
                        _ -> Mono.just(((Credential) authentication).unread()));
    }
}
