package tv.tldr.api.security;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.AuditStore;
import tv.tldr.activities.store.NewAuditEntry;
import tv.tldr.activities.store.RemovalOrder;
import tv.tldr.api.http.RequestIdFilter;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.account.OrganizationId;

/** Who did what, from where, in which request? What changes something is written down with its entry or not at all. */
@Component
public final class AuditTrail {
    private final AuditStore store;
    private final ClientAddress addresses;

    AuditTrail(AuditStore store, ClientAddress addresses) {
        this.store = store;
        this.addresses = addresses;
    }

    /**
     * What is told about a change besides who asked for it.
     *
     * @param target the public id of what was changed; null: nothing but the organization itself
     * @param details names and values for a person; never a secret
     */
    public record Told(AuditAction action, @Nullable String target, Map<String, Object> details) {}

    /**
     * All of {@code change} with its entry, or nothing; no entry when the change comes to nothing, or is somebody's who belongs
     * to no organization.
     */
    public <T> Mono<T> with(Tenant tenant, ServerWebExchange exchange, Mono<T> change, Function<T, Told> told) {
        return store.with(
                change,
                done ->
                        tenant
                                .organization()
                                .map(own -> entry(own, tenant.actor().id(), exchange, told.apply(done)))
                                .stream()
                                .toList());
    }

    /** The same for somebody who is not admitted yet, or in another organization; without an entry nothing is told. */
    public <T> Mono<T> with(Mono<T> change, Function<T, Optional<NewAuditEntry>> entry) {
        return store.with(change, done -> entry.apply(done).stream().toList());
    }

    public NewAuditEntry entry(
            OrganizationId organization, @Nullable String actor, ServerWebExchange exchange, Told told) {
        return new NewAuditEntry(
                organization,
                told.action(),
                actor,
                told.target(),
                address(exchange),
                RequestIdFilter.of(exchange),
                told.details());
    }

    /** For what goes with its audit log. */
    public RemovalOrder order(Tenant tenant, ServerWebExchange exchange) {
        return new RemovalOrder(tenant.actor().id(), address(exchange), RequestIdFilter.of(exchange));
    }

    private @Nullable String address(ServerWebExchange exchange) {
        String text = addresses.text(exchange.getRequest());
        return text.isEmpty() ? null : text;
    }

    public Mono<Void> append(NewAuditEntry entry) {
        return store.append(entry);
    }
}
