package tv.tldr.api.security;

import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountChanges;
import tv.tldr.activities.store.SessionStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AccessTokens.Claims;
import tv.tldr.workflows.account.Role;

/** On whose behalf is a request with an access token? What the user may do is what their role is now, not in the token. */
@Component
final class SessionAdmission implements AccountChanges.Listener {
    private final AccessTokens tokens;
    private final SessionStore sessions;
    private final AccountCache<Claims, Standing> cache;

    SessionAdmission(
            AccessTokens tokens, SessionStore sessions, AccountChanges changes, SecurityProperties properties) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.cache = new AccountCache<>(changes, properties.cacheTtl());
        changes.tell(this);
    }

    private record Standing(Claims claims, Role role) {}

    Mono<Tenant> admit(String token) {
        return Mono.justOrEmpty(tokens.read(token))
                .flatMap(claims -> cache.get(claims, this::read))
                .map(standing -> new Tenant(
                        standing.claims().organization(),
                        new Actor.Person(
                                standing.claims().user(), standing.claims().session()),
                        standing.role(),
                        standing.role().scopes()))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.AUTHENTICATION_REQUIRED,
                        "The access token is not valid any more; POST /api/v1/auth/refresh gives a new one.")));
    }

    private Mono<Standing> read(Claims claims) {
        return sessions.standing(claims.session(), claims.user(), claims.organization())
                .map(role -> new Standing(claims, role));
    }

    @Override
    public void changed(String what, String which) {
        if (what.equals("user")) {
            UUID user = UUID.fromString(which);
            cache.forgetWhere(standing -> standing.claims().user().uuid().equals(user));
        } else if (what.equals("session")) {
            UUID session = UUID.fromString(which);
            cache.forgetWhere(standing -> standing.claims().session().uuid().equals(session));
        }
    }

    @Override
    public void missed() {
        cache.forgetAll();
    }
}
