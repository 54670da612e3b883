package tv.tldr.api.auth;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.NewAuditEntry;
import tv.tldr.activities.store.Refreshed.Rotated;
import tv.tldr.activities.store.SessionStore;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.AccessTokens;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.ClientAddress;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

/** Who has the right password, and what do they get for it? */
@Component
final class SignIn {
    private final UserStore users;
    private final MemberStore members;
    private final SessionStore sessions;
    private final AccessTokens tokens;
    private final Passwords passwords;
    private final Limits limits;
    private final AuditTrail audit;
    private final Everywhere everywhere;
    private final ClientAddress addresses;

    SignIn(
            UserStore users,
            MemberStore members,
            SessionStore sessions,
            AccessTokens tokens,
            Passwords passwords,
            Limits limits,
            AuditTrail audit,
            Everywhere everywhere,
            ClientAddress addresses) {
        this.users = users;
        this.members = members;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.limits = limits;
        this.audit = audit;
        this.everywhere = everywhere;
        this.addresses = addresses;
    }

    /** The user of {@code email}, if it is their password; the same refusal, after the same time, when it is not. */
    Mono<User> prove(String email, String password, ServerWebExchange exchange) {
        String normal = PasswordRules.normal(password);
        Mono<User> proof = users.withEmail(email)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> found.map(user -> passwords
                                .matches(normal, user.passwordHash())
                                .flatMap(right -> right ? Mono.just(user) : failed(user, exchange)))
                        .orElseGet(() -> passwords.matchesNobodys(normal).then(Mono.error(SignIn::wrong))));
        return limits.tryAccount(email, exchange).then(proof).flatMap(user -> limits.succeeded(email, exchange)
                .thenReturn(user));
    }

    private Mono<User> failed(User user, ServerWebExchange exchange) {
        return everywhere
                .tell(
                        user.id(),
                        null,
                        exchange,
                        new Told(AuditAction.USER_SIGN_IN_FAILED, user.id().toString(), Map.of()))
                .then(Mono.error(SignIn::wrong));
    }

    /** @param wanted null: the organization that the user has belonged to for the longest time, if any */
    Mono<TokensResponse> open(User user, @Nullable OrganizationId wanted, ServerWebExchange exchange) {
        Mono<Optional<OrganizationId>> organization = wanted == null
                ? members.firstOf(user.id()).map(Optional::of).defaultIfEmpty(Optional.empty())
                : members.find(wanted, user.id())
                        .map(member -> Optional.of(wanted))
                        .switchIfEmpty(Mono.error(() -> ProblemException.notFound("organization")));
        return organization
                .flatMap(chosen -> audit.with(
                        sessions.open(RequestedId.of(exchange), user.id(), chosen.orElse(null), address(exchange)),
                        session -> arrival(session, exchange)))
                .flatMap(this::tokens);
    }

    /** What the organization learns into which a session comes, by signing in or from another one. */
    Optional<NewAuditEntry> arrival(Rotated session, ServerWebExchange exchange) {
        return Optional.ofNullable(session.organization())
                .filter(own -> session.arrived())
                .map(own -> audit.entry(
                        own,
                        session.user().toString(),
                        exchange,
                        new Told(AuditAction.USER_SIGNED_IN, session.session().toString(), Map.of())));
    }

    /** Access for a session that goes on. */
    Mono<TokensResponse> tokens(Rotated session) {
        OrganizationId organization = session.organization();
        Mono<TokensResponse> told = organization == null
                ? sessions.alive(session.session(), session.user())
                        .map(user -> told(session, tokens.issue(user, session.session()), null, null))
                : sessions.standing(session.session(), session.user(), organization)
                        .map(role -> told(
                                session,
                                tokens.issue(session.user(), organization, role, session.session()),
                                organization,
                                role));
        return told.switchIfEmpty(Mono.error(SignIn::over));
    }

    private static TokensResponse told(
            Rotated session, String access, @Nullable OrganizationId organization, @Nullable Role role) {
        return new TokensResponse(
                access,
                "Bearer",
                AccessTokens.LIFE.toSeconds(),
                session.token(),
                session.expiresAt(),
                session.user().toString(),
                organization == null ? null : organization.toString(),
                role);
    }

    @Nullable
    String address(ServerWebExchange exchange) {
        String text = addresses.text(exchange.getRequest());
        return text.isEmpty() ? null : text;
    }

    static ProblemException wrong() {
        return new ProblemException(ErrorCode.AUTHENTICATION_REQUIRED, "The e-mail address or the password is wrong.");
    }

    static ProblemException over() {
        return new ProblemException(
                ErrorCode.AUTHENTICATION_REQUIRED, "The session is over; POST /api/v1/auth/login begins another one.");
    }
}
