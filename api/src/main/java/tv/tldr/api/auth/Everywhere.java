package tv.tldr.api.auth;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.ByTime;
import tv.tldr.activities.store.OrganizationStore;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.workflows.account.UserId;

/** Who must learn what happened to a person's account? Every organization that the person belongs to. */
@Component
final class Everywhere {
    private static final int MOST = 100;

    private final OrganizationStore organizations;
    private final AuditTrail audit;

    Everywhere(OrganizationStore organizations, AuditTrail audit) {
        this.organizations = organizations;
        this.audit = audit;
    }

    /** All of {@code change}, by the person, with what is told of it, or nothing; nothing is told when it comes to nothing. */
    <T> Mono<T> with(UserId whose, ServerWebExchange exchange, Mono<T> change, Function<T, AuditTrail.Told> told) {
        return audit.with(
                change.flatMap(done -> tell(whose, whose.toString(), exchange, told.apply(done))
                        .thenReturn(done)),
                done -> Optional.empty());
    }

    Mono<Void> tell(UserId whose, @Nullable String actor, ServerWebExchange exchange, AuditTrail.Told told) {
        return organizations
                .of(whose, new ByTime(true, null, MOST))
                .flatMapMany(page -> Flux.fromIterable(page.items()))
                .concatMap(organization -> audit.append(audit.entry(organization.id(), actor, exchange, told)))
                .then();
    }
}
