package tv.tldr.api.auth;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.NewAuditEntry;
import tv.tldr.activities.store.Refreshed;
import tv.tldr.activities.store.SessionStore;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/** In and out: register, sign in, stay signed in, sign out. */
@RestController
@RequestMapping(path = "/api/v1/auth", produces = MediaType.APPLICATION_JSON_VALUE)
final class AuthController {
    private static final int LONGEST_ID = 64;

    private final Registration registration;
    private final SignIn signIn;
    private final SessionStore sessions;
    private final AuditTrail audit;

    AuthController(Registration registration, SignIn signIn, SessionStore sessions, AuditTrail audit) {
        this.registration = registration;
        this.signIn = signIn;
        this.sessions = sessions;
        this.audit = audit;
    }

    @PostMapping(path = "/register", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<TokensResponse>> register(ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest())
                .map(Registration.Wanted::read)
                .flatMap(wanted -> registration.register(wanted, exchange))
                .map(tokens -> ResponseEntity.status(HttpStatus.CREATED).body(tokens));
    }

    private record Login(
            String email, String password, @Nullable OrganizationId organization) {}

    @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokensResponse> login(ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest())
                .map(AuthController::login)
                .flatMap(login -> signIn.prove(login.email(), login.password(), exchange)
                        .flatMap(user -> signIn.open(user, login.organization(), exchange)));
    }

    private static Login login(Fields body) {
        Login login = new Login(Email.read(body, "email"), Secret.read(body, "password"), organization(body));
        body.finish();
        return login;
    }

    private record Refresh(String token, @Nullable OrganizationId organization) {}

    /** The next pair of tokens, in the same organization or in another one. */
    @PostMapping(path = "/refresh", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokensResponse> refresh(ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest())
                .map(body -> {
                    Refresh refresh = new Refresh(Secret.read(body, "refresh_token"), organization(body));
                    body.finish();
                    return refresh;
                })
                .flatMap(refresh -> audit.with(
                                sessions.refresh(refresh.token(), refresh.organization(), RequestedId.of(exchange)),
                                outcome -> told(outcome, exchange))
                        .onErrorMap(
                                StoreFailure.is(StoreFailure.Kind.MISSING),
                                missing -> ProblemException.notFound("organization")))
                .flatMap(outcome -> switch (outcome) {
                    case Refreshed.Rotated rotated -> signIn.tokens(rotated);
                    case Refreshed.Reused _, Refreshed.Unknown _ -> Mono.error(SignIn.over());
                });
    }

    private Optional<NewAuditEntry> told(Refreshed outcome, ServerWebExchange exchange) {
        return switch (outcome) {
            case Refreshed.Reused(SessionId session, UserId user, OrganizationId organization) ->
                Optional.ofNullable(organization)
                        .map(own -> audit.entry(
                                own,
                                null,
                                exchange,
                                new Told(
                                        AuditAction.REFRESH_TOKEN_REUSED,
                                        user.toString(),
                                        Map.of("session_id", session.toString()))));
            case Refreshed.Rotated rotated -> signIn.arrival(rotated, exchange);
            case Refreshed.Unknown _ -> Optional.empty();
        };
    }

    /** Ends the session with all its tokens. */
    @PostMapping("/logout")
    Mono<ResponseEntity<Void>> logout(Tenant tenant, ServerWebExchange exchange) {
        Actor.Person person = tenant.requirePerson();
        return audit.with(
                        tenant,
                        exchange,
                        sessions.end(person.session()).thenReturn(person),
                        done -> new Told(
                                AuditAction.USER_SIGNED_OUT, done.session().toString(), Map.of()))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static @Nullable OrganizationId organization(Fields body) {
        return body.text("organization_id", LONGEST_ID)
                .flatMap(text -> {
                    try {
                        return Optional.of(OrganizationId.parse(text));
                    } catch (IllegalArgumentException e) {
                        body.refuse("organization_id", "must be an id of the form org_…");
                        return Optional.empty();
                    }
                })
                .orElse(null);
    }
}
