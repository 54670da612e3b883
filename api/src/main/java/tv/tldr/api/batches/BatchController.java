package tv.tldr.api.batches;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.store.BatchQuery;
import tv.tldr.activities.store.BatchRow;
import tv.tldr.activities.store.BatchStore;
import tv.tldr.activities.store.BatchSubmission;
import tv.tldr.activities.store.NewBatch;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.FieldError;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.ListByTime;
import tv.tldr.api.http.Order;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.Submissions;
import tv.tldr.api.temporal.BatchStarter;
import tv.tldr.api.usage.Quotas;
import tv.tldr.workflows.batch.BatchId;
import tv.tldr.workflows.batch.BatchRef;
import tv.tldr.workflows.stream.StreamId;

/** Batches over HTTP: submit, list, look at, cancel. */
@RestController
@RequestMapping(path = "/api/v1/batches", produces = MediaType.APPLICATION_JSON_VALUE)
final class BatchController {
    private static final String BATCH = "batch";
    private static final String LIST = "batches";
    private static final int MOST_STREAMS = 1000;
    private static final int MOST_AT_ONCE = 1000;
    private static final int USUAL_AT_ONCE = 10;

    private final BatchStore batches;
    private final BatchStarter starter;
    private final Submissions submissions;
    private final Quotas quotas;
    private final JsonMapper json;

    BatchController(BatchStore batches, BatchStarter starter, Submissions submissions, Quotas quotas, JsonMapper json) {
        this.batches = batches;
        this.starter = starter;
        this.submissions = submissions;
        this.quotas = quotas;
        this.json = json;
    }

    /** Answers when the batch and all its streams are written down. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<BatchResponse>> create(Tenant tenant, ServerWebExchange exchange) {
        tenant.require("streams:write");
        BatchRef ref = new BatchRef(tenant.organizationId(), new BatchId(RequestedId.of(exchange)));
        return RequestedId.before(exchange, batches.find(ref))
                .switchIfEmpty(JsonBody.required(exchange.getRequest())
                        .flatMap(body -> read(tenant, ref, body))
                        .flatMap(batch -> quotas.check(tenant.organizationId())
                                .then(batches.submit(batch))
                                .map(submission -> accepted(batch, submission))))
                .flatMap(row -> starter.wakeSoon(row.ref()).then(whole(row.ref())))
                .map(batch -> ResponseEntity.accepted()
                        .header("Location", "/api/v1/batches/" + batch.id())
                        .body(batch));
    }

    private Mono<NewBatch> read(Tenant tenant, BatchRef ref, Fields body) {
        int parallelLimit = body.integer("parallel_limit", 1, MOST_AT_ONCE).orElse(USUAL_AT_ONCE);
        List<Fields> entries = body.objects("streams", MOST_STREAMS).orElse(List.of());
        if (entries.isEmpty() && body.isSound("streams")) {
            body.refuse("streams", "must hold at least one stream");
        }
        return submissions.read(tenant, entries).map(wanted -> {
            body.finish();
            NewBatch batch = new NewBatch(ref, parallelLimit, wanted.streams());
            if (!wanted.used().isEmpty()) {
                throw duplicate(batch, wanted.used());
            }
            return batch;
        });
    }

    private static BatchRow accepted(NewBatch batch, BatchSubmission submission) {
        return switch (submission) {
            case BatchSubmission.Accepted accepted -> accepted.batch();
            case BatchSubmission.AlreadyInProcess others -> throw duplicate(batch, others.streams());
        };
    }

    private static ProblemException duplicate(NewBatch batch, Map<Integer, StreamId> streams) {
        List<FieldError> errors = new ArrayList<>();
        boolean uploads = streams.keySet().stream()
                .anyMatch(place -> batch.streams().get(place).source().uploaded());
        streams.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(twin -> errors.add(FieldError.inBody(
                        "streams[" + twin.getKey() + "].source_url",
                        (batch.streams().get(twin.getKey()).source().uploaded()
                                        ? "has become " + twin.getValue() + " already"
                                        : "is in process already, as " + twin.getValue())
                                + ", or is in the batch twice")));
        return ProblemException.of(
                ErrorCode.DUPLICATE_RESOURCE,
                errors.size()
                        + " of the sources are taken already; see errors. Nothing was submitted: leave them out, or "
                        + (uploads
                                ? "upload the file again: an upload becomes one stream, whatever \"allow_duplicate\" says."
                                : "send \"allow_duplicate\": true with them."),
                errors);
    }

    @GetMapping
    Mono<Page<BatchResponse>> list(Tenant tenant, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("streams:read");
        Parameters parameters = new Parameters(query);
        ListByTime list = ListByTime.read(parameters, LIST, Order.DESC);
        BatchQuery wanted = new BatchQuery(
                parameters.choice("status", BatchQuery.Status.class).orElse(null),
                parameters.instant("created_after").orElse(null),
                parameters.instant("created_before").orElse(null),
                list.page());
        parameters.finish();
        return batches.list(tenant.organizationId(), wanted).map(page -> list.answer(page, BatchResponse::of));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<BatchResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("streams:read");
        return ref(tenant, id)
                .flatMap(this::whole)
                .map(batch -> ResponseEntity.ok().eTag(tag(batch)).body(batch));
    }

    /** A batch changes as its streams do, without a version of its own: by what it shows. */
    private String tag(BatchResponse batch) {
        return "W/\"" + Sha256.of(json.writeValueAsString(batch)).hex() + "\"";
    }

    /** 202: what is left of the batch will be stopped; 200: it was over before. */
    @PostMapping("/{id}/cancel")
    Mono<ResponseEntity<BatchResponse>> cancel(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("streams:write");
        return Mono.zip(ref(tenant, id), JsonBody.optional(request).map(BatchController::force))
                .flatMap(both -> whole(both.getT1()).then(cancel(both.getT1(), both.getT2())));
    }

    private Mono<ResponseEntity<BatchResponse>> cancel(BatchRef ref, boolean force) {
        return batches.requestCancel(ref, force)
                .flatMap(row -> starter.wakeSoon(ref).thenReturn(HttpStatus.ACCEPTED))
                .defaultIfEmpty(HttpStatus.OK)
                .flatMap(status ->
                        whole(ref).map(batch -> ResponseEntity.status(status).body(batch)));
    }

    private static boolean force(Fields body) {
        boolean force = body.flag("force", false);
        body.finish();
        return force;
    }

    private Mono<BatchResponse> whole(BatchRef ref) {
        return batches.find(ref)
                .zipWith(batches.entries(ref).collectList(), BatchResponse::of)
                .switchIfEmpty(Mono.error(BatchController::none));
    }

    private static Mono<BatchRef> ref(Tenant tenant, String id) {
        return Mono.fromSupplier(() -> new BatchRef(tenant.organizationId(), PathId.parse(BatchId::parse, id, BATCH)));
    }

    private static ProblemException none() {
        return ProblemException.notFound(BATCH);
    }
}
