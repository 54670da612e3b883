package tv.tldr.api.auth;

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

    Mono<Void> tell(UserId whose, @Nullable String actor, ServerWebExchange exchange, AuditTrail.Told told) {
        return organizations
                .of(whose, new ByTime(true, null, MOST))
                .flatMapMany(page -> Flux.fromIterable(page.items()))
                .concatMap(organization -> audit.append(audit.entry(organization.id(), actor, exchange, told)))
                .then();
    }
}
