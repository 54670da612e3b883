package tv.tldr.api.streams;

import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
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
import tv.tldr.activities.store.RemovalStore;
import tv.tldr.activities.store.StreamQuery;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.activities.store.StreamStore;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.usage.Quotas;
import tv.tldr.api.usage.Retentions;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamStatus;

/** Streams over HTTP: submit, list, look at, change, stop, go over again, delete. */
@RestController
@RequestMapping(path = "/api/v1/streams", produces = MediaType.APPLICATION_JSON_VALUE)
final class StreamController {
    private static final String LIST = "streams";

    private final StreamStore streams;
    private final StreamLookup lookup;
    private final NewStreams news;
    private final StreamStop stop;
    private final Reanalysis reanalysis;
    private final StreamRevision revision;
    private final RemovalStore removals;
    private final Deletions deletions;
    private final Quotas quotas;
    private final Submissions submissions;
    private final Retentions retentions;
    private final Clock clock;

    StreamController(
            StreamStore streams,
            Quotas quotas,
            StreamLookup lookup,
            NewStreams news,
            StreamStop stop,
            Reanalysis reanalysis,
            StreamRevision revision,
            RemovalStore removals,
            Deletions deletions,
            Submissions submissions,
            Retentions retentions,
            Clock clock) {
        this.streams = streams;
        this.quotas = quotas;
        this.lookup = lookup;
        this.news = news;
        this.stop = stop;
        this.reanalysis = reanalysis;
        this.revision = revision;
        this.removals = removals;
        this.deletions = deletions;
        this.submissions = submissions;
        this.retentions = retentions;
        this.clock = clock;
    }

    /** Answers when the stream is written down; its workflow is started now if Temporal answers, else by the sweep. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<StreamResponse>> create(
            Tenant tenant, @RequestParam MultiValueMap<String, String> query, ServerWebExchange exchange) {
        tenant.require("streams:write");
        Parameters parameters = new Parameters(query);
        WhenBusy whenBusy = parameters.choice("when_busy", WhenBusy.class).orElse(WhenBusy.QUEUE);
        parameters.finish();
        StreamRef ref = new StreamRef(tenant.organizationId(), new StreamId(RequestedId.of(exchange)));
        return RequestedId.before(exchange, news.begun(ref))
                .switchIfEmpty(JsonBody.required(exchange.getRequest())
                        .flatMap(body -> submissions.read(tenant, ref, body))
                        .flatMap(wanted -> quotas.check(tenant.organizationId()).then(news.submit(wanted, whenBusy))))
                .map(news::accepted);
    }

    @GetMapping
    Mono<Page<StreamResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("streams:read");
        Parameters parameters = new Parameters(query);
        parameters.choice("sort", StreamSort.class);
        ListByTime list = ListByTime.read(parameters, LIST, Order.DESC);
        StreamQuery wanted = new StreamQuery(
                parameters.choice("status", StreamStatus.class).orElse(null),
                parameters.choice("platform", Platform.class).orElse(null),
                parameters.flag("is_live").orElse(null),
                parameters.flag("pinned").orElse(null),
                parameters.instant("created_after").orElse(null),
                parameters.instant("created_before").orElse(null),
                list.page());
        parameters.finish();
        return streams.list(tenant.organizationId(), wanted)
                .zipWith(
                        retentions.of(tenant.organizationId()),
                        (page, retention) -> list.answer(page, row -> respond(row, retention)));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<StreamResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("streams:read");
        return lookup.find(tenant, id).flatMap(this::tagged);
    }

    /** Options and metadata of a stream that nobody has begun with; at any time whether it is kept. */
    @PatchMapping("/{id}")
    Mono<ResponseEntity<StreamResponse>> revise(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("streams:write");
        return Mono.zip(lookup.find(tenant, id), JsonBody.optional(request))
                .flatMap(both -> revision.change(both.getT1(), IfMatch.of(request), both.getT2()))
                .flatMap(this::tagged);
    }

    /** With all that was found in it and all its objects. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("streams:delete");
        IfMatch precondition = IfMatch.of(request);
        return lookup.find(tenant, id).flatMap(row -> {
            precondition.require(row.version());
            return removals.removeStream(row.ref(), precondition.isGiven() ? row.version() : null)
                    .flatMap(outcome -> deletions.answer(
                            outcome,
                            "stream",
                            "The stream",
                            "POST /api/v1/streams/" + id
                                    + "/stop ends it, with {\"force\": true} at once; delete it then."));
        });
    }

    /** 202: the stream will end; 200: it had ended before. */
    @PostMapping("/{id}/stop")
    Mono<ResponseEntity<StreamResponse>> stop(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("streams:write");
        return JsonBody.optional(request)
                .map(StreamController::force)
                .flatMap(force -> lookup.find(tenant, id).flatMap(row -> stop.stop(row, force)))
                .zipWith(retentions.of(tenant.organizationId()), (stopped, retention) -> ResponseEntity.status(
                                stopped.now() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                        .body(respond(stopped.stream(), retention)));
    }

    /** 202: another analysis goes over what is recorded, with other options; what is left out stays as it is. */
    @PostMapping("/{id}/reanalyze")
    Mono<ResponseEntity<StreamResponse>> reanalyze(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("streams:write");
        return Mono.zip(lookup.find(tenant, id), JsonBody.optional(exchange.getRequest()))
                .flatMap(both -> reanalysis.begin(both.getT1(), both.getT2(), exchange))
                .map(news::accepted);
    }

    /** 202: a failed stream goes on. */
    @PostMapping("/{id}/retry")
    Mono<ResponseEntity<StreamResponse>> retry(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("streams:write");
        return Mono.zip(
                        lookup.find(tenant, id),
                        JsonBody.optional(exchange.getRequest()).doOnNext(Fields::finish))
                .flatMap(both -> reanalysis.retry(both.getT1(), exchange))
                .map(news::accepted);
    }

    private Mono<ResponseEntity<StreamResponse>> tagged(StreamRow row) {
        return retentions
                .of(row.ref().organizationId())
                .map(retention -> ResponseEntity.ok().eTag(StreamTag.of(row)).body(respond(row, retention)));
    }

    private static boolean force(Fields body) {
        boolean force = body.flag("force", false);
        body.finish();
        return force;
    }

    private StreamResponse respond(StreamRow row, Retention retention) {
        return StreamResponse.of(row, clock.instant(), retention);
    }
}
