package tv.tldr.api.streams;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/** Looking ahead over HTTP: the body of a stream, and what would come of it. */
@RestController
final class EstimateController {
    private final Submissions submissions;
    private final Estimates estimates;

    EstimateController(Submissions submissions, Estimates estimates) {
        this.submissions = submissions;
        this.estimates = estimates;
    }

    /** Answers 200 also when the source would not be taken: that is what was asked. */
    @PostMapping(
            path = "/api/v1/streams/estimate",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<EstimateResponse> estimate(Tenant tenant, ServerHttpRequest request) {
        tenant.require("streams:write");
        StreamRef nobody = new StreamRef(tenant.organizationId(), new StreamId(FreshUuid.next()));
        return JsonBody.required(request)
                .flatMap(body -> submissions.read(tenant, nobody, body))
                .flatMap(estimates::of);
    }
}
