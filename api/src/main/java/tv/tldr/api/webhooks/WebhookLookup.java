package tv.tldr.api.webhooks;

import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.EndpointRow;
import tv.tldr.activities.store.EndpointStore;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.event.WebhookId;

/** Which endpoint does a path name? One of the caller's organization, or none. */
@Component
final class WebhookLookup {
    private static final String WHAT = "webhook";

    private final EndpointStore endpoints;

    WebhookLookup(EndpointStore endpoints) {
        this.endpoints = endpoints;
    }

    Mono<EndpointRow> find(Tenant tenant, String id) {
        return found(id, parsed -> endpoints.find(tenant.organizationId(), parsed));
    }

    /** The same, or a URL that is told of one stream alone, whose deliveries can be looked at and sent again. */
    Mono<EndpointRow> findAny(Tenant tenant, String id) {
        return found(id, parsed -> endpoints.findAny(tenant.organizationId(), parsed));
    }

    private static Mono<EndpointRow> found(String id, Function<WebhookId, Mono<EndpointRow>> search) {
        return Mono.fromSupplier(() -> id(id)).flatMap(search).switchIfEmpty(Mono.error(WebhookLookup::none));
    }

    static WebhookId id(String text) {
        return PathId.parse(WebhookId::parse, text, WHAT);
    }

    static ProblemException none() {
        return ProblemException.notFound(WHAT);
    }
}
