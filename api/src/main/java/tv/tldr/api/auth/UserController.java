package tv.tldr.api.auth;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.User;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;

/** The person who is signed in. */
@RestController
@RequestMapping(path = "/api/v1/users/me", produces = MediaType.APPLICATION_JSON_VALUE)
final class UserController {
    private final UserStore users;
    private final AuditTrail audit;

    UserController(UserStore users, AuditTrail audit) {
        this.users = users;
        this.audit = audit;
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
                .flatMap(name -> users.find(tenant.requirePerson().user()).flatMap(user -> {
                    IfMatch.of(exchange.getRequest()).require(user.version());
                    return audit.with(
                            tenant,
                            exchange,
                            users.rename(user.id(), name, user.version()),
                            next -> new Told(
                                    AuditAction.USER_UPDATED, next.id().toString(), Map.of("name", next.name())));
                }))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PRECONDITION_FAILED,
                        "It was changed in the meantime. Read it again and repeat the change.")))
                .map(UserController::respond);
    }

    private static ResponseEntity<UserResponse> respond(User user) {
        return ResponseEntity.ok().eTag(IfMatch.tag(user.version())).body(UserResponse.of(user));
    }
}
