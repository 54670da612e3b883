package tv.tldr.api.security;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AccountChanges;
import tv.tldr.activities.store.SessionStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AccessTokens.Claims;
import tv.tldr.workflows.account.OrganizationId;
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

    /** @param role null: in no organization */
    private record Standing(Claims claims, @Nullable Role role) {
        Tenant tenant() {
            Actor.Person person = new Actor.Person(claims.user(), claims.session());
            OrganizationId organization = claims.organization();
            return organization == null || role == null
                    ? Tenant.nowhere(person)
                    : new Tenant(organization, person, role, role.scopes());
        }
    }

    Mono<Tenant> admit(String token) {
        return Mono.justOrEmpty(tokens.read(token))
                .flatMap(claims -> cache.get(claims, this::read))
                .map(Standing::tenant)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.AUTHENTICATION_REQUIRED,
                        "The access token is not valid any more; POST /api/v1/auth/refresh gives a new one.")));
    }

    private Mono<Standing> read(Claims claims) {
        OrganizationId organization = claims.organization();
        return organization == null
                ? sessions.alive(claims.session(), claims.user()).map(_ -> new Standing(claims, null))
                : sessions.standing(claims.session(), claims.user(), organization)
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
