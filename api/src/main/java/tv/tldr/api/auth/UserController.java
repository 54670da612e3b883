package tv.tldr.api.auth;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.security.Actor;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;

/** The person who is signed in. */
@RestController
@RequestMapping(path = "/api/v1/users/me", produces = MediaType.APPLICATION_JSON_VALUE)
final class UserController {
    private final UserStore users;
    private final SignIn signIn;
    private final AccountMails mails;
    private final Farewell farewell;
    private final Everywhere everywhere;

    UserController(UserStore users, SignIn signIn, AccountMails mails, Farewell farewell, Everywhere everywhere) {
        this.users = users;
        this.signIn = signIn;
        this.mails = mails;
        this.farewell = farewell;
        this.everywhere = everywhere;
    }

    @GetMapping
    Mono<ResponseEntity<UserResponse>> me(Tenant tenant) {
        return users.find(tenant.requirePerson().user()).map(UserController::respond);
    }

    @PatchMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<UserResponse>> change(Tenant tenant, ServerWebExchange exchange) {
        return JsonBody.required(exchange.getRequest())
                .map(body -> {
                    String name = Names.read(body, "name");
                    body.finish();
                    return name;
                })
                .flatMap(name -> IfMatch.of(exchange.getRequest())
                        .change(
                                users.find(tenant.requirePerson().user()),
                                User::version,
                                user -> everywhere.with(
                                        user.id(),
                                        exchange,
                                        users.rename(user.id(), name, user.version()),
                                        next -> new Told(
                                                AuditAction.USER_UPDATED,
                                                next.id().toString(),
                                                Map.of("name", next.name())))))
                .map(UserController::respond);
    }

    /** Another address counts from when the link that is sent to it is followed. */
    @PostMapping(path = "/email", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> changeEmail(Tenant tenant, ServerWebExchange exchange) {
        Actor.Person person = tenant.requirePerson();
        return JsonBody.required(exchange.getRequest())
                .flatMap(body -> {
                    String wanted = Email.read(body, "email");
                    return prove(person, body, exchange).thenReturn(wanted);
                })
                // Whether somebody has the address is told to nobody but its owner.
                .filterWhen(wanted -> users.withEmail(wanted).hasElement().map(taken -> !taken))
                .doOnNext(wanted -> mails.emailChange(person.user(), wanted))
                .thenReturn(ResponseEntity.status(HttpStatus.ACCEPTED).build());
    }

    /** The account, with what it left to act for it in each organization. */
    @DeleteMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> delete(Tenant tenant, ServerWebExchange exchange) {
        Actor.Person person = tenant.requirePerson();
        return JsonBody.required(exchange.getRequest())
                .flatMap(body -> prove(person, body, exchange))
                .flatMap(user -> farewell.to(user, exchange).thenReturn(user))
                .thenReturn(ResponseEntity.noContent().build());
    }

    /** That it is them and not whoever found their screen unlocked. */
    private Mono<User> prove(Actor.Person person, Fields body, ServerWebExchange exchange) {
        String password = Secret.read(body, "password");
        body.finish();
        return users.find(person.user()).flatMap(user -> signIn.prove(user.email(), password, exchange));
    }

    private static ResponseEntity<UserResponse> respond(User user) {
        return ResponseEntity.ok().eTag(IfMatch.tag(user.version())).body(UserResponse.of(user));
    }
}
