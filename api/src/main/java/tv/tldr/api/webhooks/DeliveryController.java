package tv.tldr.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.DeliveryQuery;
import tv.tldr.activities.store.DeliveryStore;
import tv.tldr.activities.store.EndpointRow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.api.temporal.DeliveryDispatch;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.DeliveryStatus;

/** What was sent to an endpoint over HTTP: look at it, have it sent again. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class DeliveryController {
    private static final String WEBHOOK = "/api/v1/webhooks/{id}";
    private static final String WHAT = "delivery";
    private static final String LIST = "webhook-deliveries";
    private static final int LONGEST_TYPE = 64;
    private static final Duration LONGEST_AGO = Duration.ofDays(14);
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 30;

    private final WebhookLookup lookup;
    private final StreamLookup streams;
    private final DeliveryStore deliveries;
    private final DeliveryDispatch dispatch;
    private final Clock clock;

    DeliveryController(
            WebhookLookup lookup,
            StreamLookup streams,
            DeliveryStore deliveries,
            DeliveryDispatch dispatch,
            Clock clock) {
        this.lookup = lookup;
        this.streams = streams;
        this.deliveries = deliveries;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** The newest first. */
    @GetMapping(WEBHOOK + "/deliveries")
    Mono<Page<DeliveryResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("webhooks:read");
        String list = PageToken.listBelow(id, LIST);
        DeliveryQuery wanted = wanted(list, query);
        return lookup.findAny(tenant, id)
                .flatMap(endpoint -> deliveries.list(endpoint, wanted))
                .map(page -> Page.of(list, page, DeliveryResponse::of));
    }

    /** What was sent to the URLs that its submission named for it alone. */
    @GetMapping("/api/v1/streams/{id}/deliveries")
    Mono<Page<DeliveryResponse>> listOfStream(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("webhooks:read");
        String list = PageToken.listBelow(id, LIST);
        DeliveryQuery wanted = wanted(list, query);
        return streams.find(tenant, id)
                .flatMap(stream -> deliveries.list(stream.ref(), wanted))
                .map(page -> Page.of(list, page, DeliveryResponse::of));
    }

    private static DeliveryQuery wanted(String list, MultiValueMap<String, String> query) {
        Parameters parameters = new Parameters(query);
        DeliveryQuery wanted = new DeliveryQuery(
                parameters.choice("status", DeliveryStatus.class).orElse(null),
                parameters.text("event_type", LONGEST_TYPE).orElse(null),
                parameters.instant("created_after").orElse(null),
                parameters.instant("created_before").orElse(null),
                parameters.cursorById(list).orElse(null),
                parameters.limit());
        parameters.finish();
        return wanted;
    }

    @GetMapping(WEBHOOK + "/deliveries/{delivery_id}")
    Mono<DeliveryResponse> find(Tenant tenant, @PathVariable String id, @PathVariable("delivery_id") String delivery) {
        tenant.require("webhooks:read");
        return lookup.findAny(tenant, id)
                .flatMap(endpoint -> deliveries.find(endpoint, deliveryId(delivery)))
                .switchIfEmpty(Mono.error(DeliveryController::none))
                .map(DeliveryResponse::of);
    }

    /** With the same id, as if it had just happened. */
    @PostMapping(WEBHOOK + "/deliveries/{delivery_id}/redeliver")
    Mono<ResponseEntity<DeliveryResponse>> redeliver(
            Tenant tenant, @PathVariable String id, @PathVariable("delivery_id") String delivery) {
        tenant.require("webhooks:write");
        return lookup.findAny(tenant, id)
                .flatMap(endpoint -> deliveries
                        .find(endpoint, deliveryId(delivery))
                        .flatMap(row -> deliveries.again(enabled(endpoint), row.id())))
                .switchIfEmpty(Mono.error(DeliveryController::none))
                .doOnNext(row -> dispatch.ring(tenant.organizationId()))
                .map(row -> ResponseEntity.status(HttpStatus.ACCEPTED).body(DeliveryResponse.of(row)));
    }

    /** Everything since an instant that has not arrived. */
    @PostMapping(WEBHOOK + "/recover")
    Mono<ResponseEntity<Recovered>> recover(
            Tenant tenant,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> query,
            ServerHttpRequest request) {
        tenant.require("webhooks:write");
        Parameters parameters = new Parameters(query);
        Optional<Instant> since = parameters.instant("since");
        Instant now = clock.instant();
        if (since.isPresent()
                && (since.get().isBefore(now.minus(LONGEST_AGO)) || since.get().isAfter(now))) {
            parameters.refuse("since", "must be within the last 14 days");
        }
        parameters.finish();
        return JsonBody.optional(request)
                .doOnNext(Fields::finish)
                .then(lookup.find(tenant, id))
                .flatMap(endpoint -> deliveries.recover(enabled(endpoint), since.orElse(now.minus(LONGEST_AGO))))
                .doOnNext(number -> dispatch.ring(tenant.organizationId()))
                .map(number -> ResponseEntity.status(HttpStatus.ACCEPTED)
                        .body(new Recovered(number, number == DeliveryStore.MOST_AT_ONCE)));
    }

    /**
     * What is sent again now.
     *
     * @param hasMore whether there may be more, to be asked for once more
     */
    record Recovered(long recovered, boolean hasMore) {}

    @GetMapping(WEBHOOK + "/stats")
    Mono<StatsResponse> stats(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("webhooks:read");
        Parameters parameters = new Parameters(query);
        int days = parameters.integer("days", 1, MOST_DAYS).orElse(USUAL_DAYS);
        parameters.finish();
        return lookup.find(tenant, id)
                .flatMap(endpoint -> deliveries.stats(endpoint, days))
                .map(stats -> StatsResponse.of(id, stats));
    }

    private static EndpointRow enabled(EndpointRow endpoint) {
        if (!endpoint.enabled()) {
            throw new ProblemException(
                    ErrorCode.PROCESSING_ERROR,
                    "The webhook is disabled; switch it on first: PATCH it with {\"enabled\": true}. The URL of a single stream"
                            + " stays off.");
        }
        return endpoint;
    }

    private static DeliveryId deliveryId(String text) {
        return PathId.parse(DeliveryId::parse, text, WHAT);
    }

    private static ProblemException none() {
        return ProblemException.notFound(WHAT);
    }
}
