package tv.tldr.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.RefusedConnections;
import tv.tldr.activities.delivery.EndpointSlots;
import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.delivery.WebhookSender;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.store.AttemptLog;
import tv.tldr.activities.store.EndpointStore;
import tv.tldr.activities.store.IssuedEndpoint;
import tv.tldr.activities.store.Outgoing;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.AuditTrail;
import tv.tldr.api.security.AuditTrail.Told;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.AuditAction;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.WebhookId;

/** Whether an endpoint takes what is sent and believes that it is ours, over HTTP: try it, give it another secret. */
@RestController
@RequestMapping(path = "/api/v1/webhooks/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class WebhookSecretController {
    private static final int LONGEST_OVERLAP = (int) Duration.ofDays(7).toSeconds();
    private static final int USUAL_OVERLAP = (int) Duration.ofDays(1).toSeconds();

    private final WebhookLookup lookup;
    private final EndpointStore endpoints;
    private final AttemptLog attempts;
    private final WebhookSender sender;
    private final EndpointSlots slots;
    private final Signing signing;
    private final RefusedConnections refused;
    private final WebhookProperties properties;
    private final AuditTrail audit;
    private final Clock clock;
    private final Once once;

    WebhookSecretController(
            WebhookLookup lookup,
            EndpointStore endpoints,
            AttemptLog attempts,
            WebhookSender sender,
            EndpointSlots slots,
            Signing signing,
            RefusedConnections refused,
            WebhookProperties properties,
            AuditTrail audit,
            Clock clock,
            Once once) {
        this.lookup = lookup;
        this.endpoints = endpoints;
        this.attempts = attempts;
        this.sender = sender;
        this.slots = slots;
        this.signing = signing;
        this.refused = refused;
        this.properties = properties;
        this.audit = audit;
        this.clock = clock;
        this.once = once;
    }

    /** Sends a test now and answers with what the receiver said, whatever that is; a disabled one can be tried, too. */
    @PostMapping("/test")
    Mono<TestResponse> test(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("webhooks:write");
        return lookup.find(tenant, id)
                .flatMap(endpoint -> attempts.ping(endpoint, new EventId(RequestedId.of(exchange)), clock.instant()))
                .flatMap(outgoing -> inItsTurn(exchange, WebhookLookup.id(id), send(tenant, id, outgoing)))
                .switchIfEmpty(Mono.error(WebhookLookup::none));
    }

    /** It is one of those that an endpoint gets at a time. */
    private Mono<TestResponse> inItsTurn(ServerWebExchange exchange, WebhookId webhook, Mono<TestResponse> sending) {
        return Mono.defer(() -> {
            Optional<Duration> wait = slots.enterUnlessBusy(webhook);
            if (wait.isPresent()) {
                long seconds = wait.get().plusSeconds(1).toSeconds();
                exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                return Mono.error(new ProblemException(
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "As many deliveries to this webhook are under way as it gets at a time; try again in " + seconds
                                + " seconds."));
            }
            long began = System.nanoTime();
            return sending.doFinally(_ -> slots.leave(webhook, Duration.ofNanos(System.nanoTime() - began)));
        });
    }

    private Mono<TestResponse> send(Tenant tenant, String id, Outgoing outgoing) {
        return signing.request(outgoing)
                .map(sender::send)
                .orElseGet(() -> Mono.just(signing.unreadable()))
                .flatMap(reception -> note(tenant, id, outgoing, reception).thenReturn(reception))
                .map(reception -> TestResponse.of(outgoing, Results.of(reception)));
    }

    private Mono<Void> note(Tenant tenant, String id, Outgoing outgoing, Reception reception) {
        return reception instanceof Reception.Forbidden forbidden
                ? Mono.<Void>fromRunnable(() -> refused.note(
                                tenant.organizationId(), Opened.WEBHOOK, id, outgoing.url(), forbidden.why()))
                        .subscribeOn(Schedulers.boundedElastic())
                : Mono.empty();
    }

    /** For some time requests are signed with both, and with those of earlier rotations until their own time is over. */
    @PostMapping("/rotate-secret")
    Mono<ResponseEntity<IssuedWebhookResponse>> rotate(
            Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("webhooks:write");
        Mono<IssuedEndpoint> work = JsonBody.optional(exchange.getRequest())
                .map(WebhookSecretController::overlap)
                .flatMap(overlap -> once.noted(
                        exchange,
                        audit.with(
                                tenant,
                                exchange,
                                endpoints.rotate(tenant.organizationId(), WebhookLookup.id(id), overlap),
                                issued -> new Told(
                                        AuditAction.WEBHOOK_SECRET_ROTATED,
                                        id,
                                        Map.of("overlap_seconds", overlap.toSeconds())))))
                .switchIfEmpty(Mono.defer(() -> lookup.find(tenant, id)).flatMap(endpoint -> Mono.error(tooMany())));
        Mono<IssuedEndpoint> made = Mono.defer(() -> endpoints.issued(tenant.organizationId(), WebhookLookup.id(id)))
                .switchIfEmpty(Mono.error(WebhookLookup::none));
        return Once.unlessMade(exchange, work, made).map(this::issued);
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                ErrorCode.PROCESSING_ERROR,
                EndpointStore.MOST_FORMER
                        + " former secrets of the webhook still sign beside its current one. Wait until one of"
                        + " them ends, or end all of them at once: {\"overlap_seconds\": 0}.");
    }

    private ResponseEntity<IssuedWebhookResponse> issued(IssuedEndpoint issued) {
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(issued.endpoint().version()))
                .body(new IssuedWebhookResponse(WebhookResponse.of(issued.endpoint(), properties), issued.secret()));
    }

    private static Duration overlap(Fields body) {
        int seconds = body.integer("overlap_seconds", 0, LONGEST_OVERLAP).orElse(USUAL_OVERLAP);
        body.finish();
        return Duration.ofSeconds(seconds);
    }
}
