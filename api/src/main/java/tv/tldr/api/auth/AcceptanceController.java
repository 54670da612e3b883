package tv.tldr.api.auth;

import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.Invitation;
import tv.tldr.activities.store.InvitationStore;
import tv.tldr.activities.store.MemberStore;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.UserId;

/** Somebody who was invited comes in: with their password when they have an account, else with a new one. */
@RestController
@RequestMapping(path = "/api/v1/auth/invitations", produces = MediaType.APPLICATION_JSON_VALUE)
final class AcceptanceController {
    private final InvitationStore invitations;
    private final UserStore users;
    private final MemberStore members;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Limits limits;
    private final Seats seats;
    private final AuditTrail audit;
    private final Once once;

    AcceptanceController(
            InvitationStore invitations,
            UserStore users,
            MemberStore members,
            Passwords passwords,
            SignIn signIn,
            Limits limits,
            Seats seats,
            AuditTrail audit,
            Once once) {
        this.invitations = invitations;
        this.users = users;
        this.members = members;
        this.passwords = passwords;
        this.signIn = signIn;
        this.limits = limits;
        this.seats = seats;
        this.audit = audit;
        this.once = once;
    }

    @PostMapping(path = "/accept", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<TokensResponse> accept(ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest()).flatMap(body -> {
            String token = Secret.read(body, "token");
            if (!body.isSound("token")) {
                body.passOver("name", "password");
                body.finish();
            }
            Mono<TokensResponse> work = limits.tryAddress(exchange)
                    .then(invitations.behind(token))
                    .switchIfEmpty(Mono.error(AcceptanceController::spent))
                    .flatMap(invitation -> accept(invitation, body, exchange));
            return Once.unlessMade(exchange, work, accepted(token, exchange));
        });
    }

    /** For whoever came in, and was told of nothing. */
    private Mono<TokensResponse> accepted(String token, ServerWebExchange exchange) {
        return invitations
                .accepted(token)
                .flatMap(invitation -> users.withEmail(invitation.email())
                        .flatMap(user -> signIn.open(user, invitation.organizationId(), exchange)))
                .switchIfEmpty(Mono.error(AcceptanceController::spent));
    }

    private Mono<TokensResponse> accept(Invitation invitation, Fields body, ServerWebExchange exchange) {
        return users.withEmail(invitation.email())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(known -> known.isPresent()
                        ? signIn.prove(invitation.email(), password(body), exchange)
                                .flatMap(user -> enter(invitation, Mono.just(user), exchange))
                        : newcomer(invitation, body).flatMap(user -> enter(invitation, user, exchange)))
                .flatMap(user -> signIn.open(user, invitation.organizationId(), exchange));
    }

    private static String password(Fields body) {
        String password = Secret.read(body, "password");
        body.passOver("name");
        body.finish();
        return password;
    }

    /** What writes down somebody new, whose address the link has proved. */
    private Mono<Mono<User>> newcomer(Invitation invitation, Fields body) {
        String name = Names.read(body, "name");
        String password = PasswordRules.read(body, "password", invitation.email());
        body.finish();
        return passwords
                .hash(password)
                .map(hash -> users.create(new UserId(FreshUuid.next()), invitation.email(), name, hash, true));
    }

    private Mono<User> enter(Invitation invitation, Mono<User> who, ServerWebExchange exchange) {
        Mono<User> entry = invitations
                .accept(invitation)
                .switchIfEmpty(Mono.error(AcceptanceController::spent))
                .then(who)
                .flatMap(user -> members.add(invitation.organizationId(), user.id(), invitation.role())
                        .then(users.verifyEmail(user.id(), user.email()))
                        .then(seats.require(invitation.organizationId()))
                        .thenReturn(user));
        Mono<User> told = audit.with(
                members.alone(invitation.organizationId(), entry),
                user -> Optional.of(audit.entry(
                        invitation.organizationId(),
                        user.id().toString(),
                        exchange,
                        new Told(
                                AuditAction.INVITATION_ACCEPTED,
                                invitation.id().toString(),
                                Map.of(
                                        "email",
                                        user.email(),
                                        "role",
                                        invitation.role().name())))));
        return once.noted(exchange, told)
                .onErrorMap(
                        StoreFailure.is(StoreFailure.Kind.DUPLICATE),
                        already -> new ProblemException(
                                ErrorCode.DUPLICATE_RESOURCE, "You belong to the organization already; sign in."));
    }

    private static ProblemException spent() {
        return ProblemException.invalidInBody("token", "is not good any more; ask to be invited again");
    }
}
