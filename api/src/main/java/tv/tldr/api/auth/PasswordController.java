package tv.tldr.api.auth;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.OneTimeTokenStore;
import tv.tldr.activities.store.OneTimeTokenStore.Purpose;
import tv.tldr.activities.store.SessionStore;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;

/** Passwords over HTTP: changed by who knows it, reset by who gets the mail. Either ends sessions elsewhere. */
@RestController
@RequestMapping(path = "/api/v1/auth/password", produces = MediaType.APPLICATION_JSON_VALUE)
final class PasswordController {
    private final UserStore users;
    private final SessionStore sessions;
    private final OneTimeTokenStore tokens;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Limits limits;
    private final AccountMails mails;
    private final Everywhere everywhere;
    private final Once once;

    PasswordController(
            UserStore users,
            SessionStore sessions,
            OneTimeTokenStore tokens,
            Passwords passwords,
            SignIn signIn,
            Limits limits,
            AccountMails mails,
            Everywhere everywhere,
            Once once) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.signIn = signIn;
        this.limits = limits;
        this.mails = mails;
        this.everywhere = everywhere;
        this.once = once;
    }

    private record Change(String current, String next) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> change(Tenant tenant, ServerWebExchange exchange) {
        Actor.Person person = tenant.requirePerson();
        Mono<User> work = JsonBody.required(exchange.getRequest())
                .flatMap(body -> users.find(person.user()).flatMap(user -> {
                    Change change = change(body, user);
                    return signIn.prove(user.email(), change.current(), exchange)
                            .then(passwords.hash(change.next()))
                            .flatMap(hash -> once.noted(exchange, change(person, user, hash, exchange)));
                }));
        return Once.unlessMade(exchange, work.doOnNext(user -> mails.passwordChanged(user.email())), Mono.empty())
                .thenReturn(ResponseEntity.noContent().build());
    }

    private Mono<User> change(Actor.Person person, User user, String hash, ServerWebExchange exchange) {
        Told told = new Told(AuditAction.PASSWORD_CHANGED, user.id().toString(), Map.of());
        return tokens.together(set(user, hash)
                .then(sessions.endOthers(user.id(), person.session()))
                .then(everywhere.tell(user.id(), person.id(), exchange, told))
                .thenReturn(user));
    }

    private static Change change(Fields body, User user) {
        Change change = new Change(
                Secret.read(body, "current_password"), PasswordRules.read(body, "new_password", user.email()));
        body.finish();
        return change;
    }

    /** The same answer, as quickly, for whatever address. */
    @PostMapping(path = "/forgot", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> forgot(ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest())
                .map(body -> {
                    String email = Email.read(body, "email");
                    body.finish();
                    return email;
                })
                .flatMap(email -> limits.tryAddress(exchange).thenReturn(email))
                .doOnNext(email -> mails.reset(users.withEmail(email).flatMap(user -> everywhere
                        .tell(
                                user.id(),
                                null,
                                exchange,
                                new Told(
                                        AuditAction.PASSWORD_RESET_REQUESTED,
                                        user.id().toString(),
                                        Map.of()))
                        .thenReturn(user))))
                .thenReturn(ResponseEntity.status(HttpStatus.ACCEPTED).build());
    }

    private record Reset(String token, String next) {}

    @PostMapping(path = "/reset", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> reset(ServerWebExchange exchange) {
        Mono<User> work = JsonBody.required(exchange.getRequest())
                .map(body -> {
                    Reset reset = new Reset(Secret.read(body, "token"), PasswordRules.read(body, "new_password", ""));
                    body.finish();
                    return reset;
                })
                .flatMap(reset -> limits.tryAddress(exchange)
                        .then(passwords.hash(reset.next()))
                        .flatMap(hash -> once.noted(exchange, tokens.together(reset(reset, hash, exchange)))));
        return Once.unlessMade(exchange, work.doOnNext(user -> mails.passwordChanged(user.email())), Mono.empty())
                .thenReturn(ResponseEntity.noContent().build());
    }

    private Mono<User> reset(Reset reset, String hash, ServerWebExchange exchange) {
        return tokens.use(reset.token(), Purpose.PASSWORD_RESET)
                .flatMap(holder ->
                        users.find(holder.user()).filter(user -> user.email().equalsIgnoreCase(holder.email())))
                .switchIfEmpty(Mono.error(
                        () -> ProblemException.invalidInBody("token", "is not good any more; ask for another link")))
                .doOnNext(
                        user -> PasswordRules.fault(reset.next(), user.email()).ifPresent(fault -> {
                            throw ProblemException.invalidInBody("new_password", fault);
                        }))
                .flatMap(user -> set(user, hash)
                        .then(users.verifyEmail(user.id(), user.email()))
                        .then(sessions.endOthers(user.id(), null))
                        .then(everywhere.tell(
                                user.id(),
                                user.id().toString(),
                                exchange,
                                new Told(AuditAction.PASSWORD_RESET, user.id().toString(), Map.of())))
                        .thenReturn(user));
    }

    /** Whoever knew the password of before may have asked for a link that gives the account away. */
    private Mono<Void> set(User user, String hash) {
        return users.setPassword(user.id(), hash)
                .then(tokens.revoke(user.id(), Purpose.PASSWORD_RESET))
                .then(tokens.revoke(user.id(), Purpose.EMAIL_CHANGE))
                .then();
    }
}
