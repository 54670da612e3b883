package tv.tldr.api.markers;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.Cursor;
import tv.tldr.activities.store.MarkerStore;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.idempotency.Once;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.signal.MarkerId;

/** Markers over HTTP: what happened, and when. The next analysis or preview of the stream counts them. */
@RestController
@RequestMapping(path = "/api/v1/streams/{id}/markers", produces = MediaType.APPLICATION_JSON_VALUE)
final class MarkerController {
    private static final String MARKER = "marker";
    private static final String LIST = "markers";

    private final StreamLookup streams;
    private final MarkerStore markers;
    private final Once once;

    MarkerController(StreamLookup streams, MarkerStore markers, Once once) {
        this.streams = streams;
        this.markers = markers;
        this.once = once;
    }

    /** 201: some are new; 200: all of them stood already. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<PostedMarkers>> post(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("streams:write");
        return Mono.zip(streams.find(tenant, id), JsonBody.required(exchange.getRequest()))
                .flatMap(both -> {
                    Mono<PostedMarkers> work = post(both.getT1(), both.getT2());
                    return Once.unlessMade(
                            exchange,
                            once.noted(exchange, work, posted -> String.valueOf(posted.created())),
                            // Written once more they are the same; how many were new is known from then.
                            created -> work.map(posted -> new PostedMarkers(posted.data(), Integer.parseInt(created))));
                })
                .map(posted -> ResponseEntity.status(posted.created() > 0 ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(posted));
    }

    private Mono<PostedMarkers> post(StreamRow stream, Fields body) {
        return markers.post(stream.ref(), new MarkerReader(stream).read(body))
                .map(PostedMarkers::of)
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ErrorCode.PROCESSING_ERROR,
                        "A stream has at most " + MarkerStore.MOST
                                + " markers, and would have more; none of these was written down.")));
    }

    /** By time. */
    @GetMapping
    Mono<Page<MarkerResponse>> list(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("streams:read");
        Parameters parameters = new Parameters(query);
        String list = PageToken.listBelow(id, LIST);
        Cursor after = parameters.cursorByNumber(list).orElse(null);
        int limit = parameters.limit();
        parameters.finish();
        return streams.find(tenant, id)
                .flatMap(stream -> markers.list(stream.ref(), after, limit))
                .map(page -> Page.of(list, page, MarkerResponse::of));
    }

    @DeleteMapping("/{marker_id}")
    Mono<ResponseEntity<Void>> delete(
            Tenant tenant, @PathVariable String id, @PathVariable("marker_id") String marker) {
        tenant.require("streams:write");
        return streams.find(tenant, id)
                .flatMap(stream -> markers.delete(stream.ref(), PathId.parse(MarkerId::parse, marker, MARKER)))
                .map(deleted -> {
                    if (!deleted) {
                        throw ProblemException.notFound(MARKER);
                    }
                    return ResponseEntity.noContent().build();
                });
    }
}
