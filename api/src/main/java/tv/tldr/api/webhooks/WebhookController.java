package tv.tldr.api.webhooks;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.store.EndpointRow;
import tv.tldr.activities.store.EndpointStore;
import tv.tldr.activities.store.IssuedEndpoint;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.event.WebhookId;

/** Endpoints over HTTP: where one wants to be told, and of what. */
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
final class WebhookController {
    private static final String LIST = "webhooks";

    private final EndpointStore endpoints;
    private final WebhookLookup lookup;
    private final WebhookReader reader;
    private final WebhookProperties properties;
    private final AuditTrail audit;

    WebhookController(
            EndpointStore endpoints,
            WebhookLookup lookup,
            WebhookReader reader,
            WebhookProperties properties,
            AuditTrail audit) {
        this.endpoints = endpoints;
        this.lookup = lookup;
        this.reader = reader;
        this.properties = properties;
        this.audit = audit;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<IssuedWebhookResponse>> create(Tenant tenant, ServerWebExchange exchange) {
        tenant.require("webhooks:write");
        return JsonBody.required(exchange.getRequest())
                .map(reader::read)
                .flatMap(wanted -> audit.with(
                        tenant,
                        exchange,
                        endpoints.create(tenant.organizationId(), new WebhookId(RequestedId.of(exchange)), wanted),
                        issued -> told(AuditAction.WEBHOOK_CREATED, issued.endpoint())))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "An organization has at most " + EndpointStore.MOST + " webhooks; delete one first.")))
                .map(this::issued);
    }

    private ResponseEntity<IssuedWebhookResponse> issued(IssuedEndpoint issued) {
        EndpointRow row = issued.endpoint();
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/webhooks/" + row.id())
                .eTag(IfMatch.tag(row.version()))
                .body(new IssuedWebhookResponse(WebhookResponse.of(row, properties), issued.secret()));
    }

    /** Oldest first, unless asked otherwise. */
    @GetMapping
    Mono<Page<WebhookResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("webhooks:read");
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, LIST, Order.ASC);
        Boolean enabled = parameters.flag("enabled").orElse(null);
        parameters.finish();
        return endpoints
                .list(tenant.organizationId(), enabled, list.page())
                .map(page -> list.answer(page, row -> WebhookResponse.of(row, properties)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<WebhookResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("webhooks:read");
        return lookup.find(tenant, id).map(this::respond);
    }

    /** The fields that are given; the others stay. */
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<WebhookResponse>> change(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("webhooks:write");
        IfMatch precondition = IfMatch.of(exchange.getRequest());
        return JsonBody.required(exchange.getRequest())
                .flatMap(body -> precondition.change(
                        lookup.find(tenant, id),
                        EndpointRow::version,
                        current -> audit.with(
                                tenant,
                                exchange,
                                endpoints.change(current, reader.edit(current, body)),
                                next -> told(AuditAction.WEBHOOK_UPDATED, next))))
                .map(this::respond);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("webhooks:delete");
        return lookup.find(tenant, id)
                .doOnNext(current -> IfMatch.of(exchange.getRequest()).require(current.version()))
                .flatMap(current -> audit.with(
                        tenant,
                        exchange,
                        endpoints.delete(tenant.organizationId(), current.id()),
                        gone -> told(AuditAction.WEBHOOK_DELETED, gone)))
                .switchIfEmpty(Mono.error(WebhookLookup::none))
                .thenReturn(ResponseEntity.noContent().build());
    }

    /** A URL may be a credential: the host alone is written down. */
    static Told told(AuditAction action, EndpointRow row) {
        return new Told(
                action,
                row.id().toString(),
                Map.of("host", URI.create(row.url()).getHost(), "events", row.events(), "enabled", row.enabled()));
    }

    private ResponseEntity<WebhookResponse> respond(EndpointRow row) {
        return ResponseEntity.ok().eTag(IfMatch.tag(row.version())).body(WebhookResponse.of(row, properties));
    }
}
