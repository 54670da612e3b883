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
import tv.tldr.activities.store.OneTimeTokenStore.Holder;
import tv.tldr.activities.store.OneTimeTokenStore.Purpose;
import tv.tldr.activities.store.StoreFailure;
import tv.tldr.activities.store.UserStore;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;

/** Does mail to an address reach its owner? */
@RestController
@RequestMapping(path = "/api/v1/auth/verify-email", produces = MediaType.APPLICATION_JSON_VALUE)
final class VerificationController {
    private final UserStore users;
    private final OneTimeTokenStore tokens;
    private final Limits limits;
    private final AccountMails mails;
    private final Everywhere everywhere;
    private final Once once;

    VerificationController(
            UserStore users,
            OneTimeTokenStore tokens,
            Limits limits,
            AccountMails mails,
            Everywhere everywhere,
            Once once) {
        this.users = users;
        this.tokens = tokens;
        this.limits = limits;
        this.mails = mails;
        this.everywhere = everywhere;
        this.once = once;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Void>> verify(ServerWebExchange exchange) {
        Mono<Holder> work = JsonBody.required(exchange.getRequest())
                .map(body -> {
                    String token = Secret.read(body, "token");
                    body.finish();
                    return token;
                })
                .flatMap(token -> limits.tryAddress(exchange)
                        .then(once.noted(exchange, tokens.together(verify(token, exchange)))));
        return Once.unlessMade(exchange, work, Mono.empty())
                .thenReturn(ResponseEntity.noContent().build());
    }

    private Mono<Holder> verify(String token, ServerWebExchange exchange) {
        return tokens.use(token, Purpose.EMAIL_VERIFICATION)
                .flatMap(holder -> users.verifyEmail(holder.user(), holder.email())
                        .then(tell(holder, AuditAction.USER_EMAIL_VERIFIED, exchange)))
                .switchIfEmpty(tokens.use(token, Purpose.EMAIL_CHANGE).flatMap(holder -> change(holder, exchange)))
                .switchIfEmpty(Mono.error(VerificationController::stale));
    }

    private Mono<Holder> change(Holder holder, ServerWebExchange exchange) {
        return users.find(holder.user()).flatMap(before -> users.changeEmail(holder.user(), holder.email())
                .onErrorMap(StoreFailure.is(StoreFailure.Kind.DUPLICATE), taken -> stale())
                .then(tell(holder, AuditAction.USER_EMAIL_CHANGED, exchange))
                .doOnSuccess(done -> mails.emailChanged(before.email())));
    }

    private Mono<Holder> tell(Holder holder, AuditAction action, ServerWebExchange exchange) {
        String whose = holder.user().toString();
        return everywhere
                .tell(holder.user(), whose, exchange, new Told(action, whose, Map.of()))
                .thenReturn(holder);
    }

    /** The same when somebody has got the address meanwhile: whose it is is nobody's business. */
    private static ProblemException stale() {
        return ProblemException.invalidInBody("token", "is not good any more; ask for another link");
    }

    /** Another link, unless the address is known to be right. */
    @PostMapping("/resend")
    Mono<ResponseEntity<Void>> resend(Tenant tenant) {
        return users.find(tenant.requirePerson().user())
                .filter(user -> user.emailVerifiedAt() == null)
                .doOnNext(mails::verification)
                .thenReturn(ResponseEntity.status(HttpStatus.ACCEPTED).build());
    }
}
