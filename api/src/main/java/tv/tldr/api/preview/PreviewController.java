package tv.tldr.api.preview;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.api.dimensions.UnsavedSets;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.Revision;
import tv.tldr.api.streams.Revisions;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.scoring.DimensionSetChain;

/** What-if over HTTP: stored streams under other options, or under a dimension set that is not saved. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
final class PreviewController {
    private static final int LONGEST_ID = 100;

    private final StreamLookup streams;
    private final Revisions revisions;
    private final UnsavedSets sets;
    private final Preview preview;

    PreviewController(StreamLookup streams, Revisions revisions, UnsavedSets sets, Preview preview) {
        this.streams = streams;
        this.revisions = revisions;
        this.sets = sets;
        this.preview = preview;
    }

    /** Nothing is changed; without a body it shows that the options that stand give what stands. */
    @PostMapping("/streams/{id}/preview")
    Mono<PreviewResponse> ofOptions(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        require(tenant);
        return Mono.zip(streams.find(tenant, id), JsonBody.optional(request)).flatMap(both -> {
            StreamRow stream = both.getT1();
            Fields body = both.getT2();
            return revisions
                    .read(body.objectOrEmpty("options"), stream, true)
                    .doOnNext(read -> body.finish())
                    .flatMap(revision -> preview.of(stream, revision));
        });
    }

    /** Scores a stored stream with a set that need not be saved. */
    @PostMapping(path = "/dimension-sets/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<PreviewResponse> ofSet(Tenant tenant, ServerHttpRequest request) {
        require(tenant);
        tenant.require("dimensions:read");
        return JsonBody.required(request).flatMap(body -> {
            String id = body.requiredText("stream_id", LONGEST_ID);
            return sets.read(tenant.organizationId(), body, "dimension_set").flatMap(chain -> {
                if (chain.isEmpty() || !body.isSound()) {
                    body.passOver("options");
                    body.finish();
                }
                return streams.find(tenant, id).flatMap(stream -> of(stream, body, chain.orElseThrow()));
            });
        });
    }

    private Mono<PreviewResponse> of(StreamRow stream, Fields body, DimensionSetChain chain) {
        Revision revision = revisions.read(body.objectOrEmpty("options"), stream, chain);
        body.finish();
        return preview.of(stream, revision);
    }

    private static void require(Tenant tenant) {
        tenant.require("streams:read");
        tenant.require("highlights:read");
    }
}
