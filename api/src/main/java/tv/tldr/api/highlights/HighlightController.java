package tv.tldr.api.highlights;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.FeedbackStore;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.RemovalStore;
import tv.tldr.api.http.IfMatch;
import tv.tldr.api.http.JsonBody;
import tv.tldr.api.http.RequestedId;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.Deletions;
import tv.tldr.api.temporal.RecutStarter;

/** One highlight over HTTP: look at, describe, judge, delete. */
@RestController
@RequestMapping(path = "/api/v1/highlights/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class HighlightController {
    private final HighlightLookup highlights;
    private final HighlightChanges changes;
    private final RecutReader recuts;
    private final RecutStarter starter;
    private final FeedbackStore feedback;
    private final RemovalStore removals;
    private final Deletions deletions;
    private final HighlightAnswers answers;

    HighlightController(
            HighlightLookup highlights,
            HighlightChanges changes,
            RecutReader recuts,
            RecutStarter starter,
            FeedbackStore feedback,
            RemovalStore removals,
            Deletions deletions,
            HighlightAnswers answers) {
        this.highlights = highlights;
        this.changes = changes;
        this.recuts = recuts;
        this.starter = starter;
        this.feedback = feedback;
        this.removals = removals;
        this.deletions = deletions;
        this.answers = answers;
    }

    @GetMapping
    Mono<ResponseEntity<HighlightResponse>> find(Tenant tenant, @PathVariable String id) {
        tenant.require("highlights:read");
        return highlights.find(tenant, id).flatMap(row -> tagged(HttpStatus.OK, row));
    }

    /** What people say of it; what the analysis found stays. 202: its clip is about to be cut anew. */
    @PatchMapping
    Mono<ResponseEntity<HighlightResponse>> change(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("highlights:write");
        return Mono.zip(highlights.find(tenant, id), JsonBody.required(request))
                .flatMap(both -> recuts.read(both.getT1(), both.getT2())
                        .flatMap(edit -> changes.change(tenant, both.getT1(), IfMatch.of(request), edit)
                                .flatMap(row -> edit.range() == null
                                        ? tagged(HttpStatus.OK, row)
                                        : starter.startSoon(row).then(tagged(status(row), row)))));
    }

    private static HttpStatus status(HighlightRow row) {
        return row.recut() == null ? HttpStatus.OK : HttpStatus.ACCEPTED;
    }

    /** With its clip. */
    @DeleteMapping
    Mono<ResponseEntity<Void>> delete(Tenant tenant, @PathVariable String id, ServerHttpRequest request) {
        tenant.require("highlights:delete");
        IfMatch precondition = IfMatch.of(request);
        return highlights.find(tenant, id).flatMap(row -> {
            precondition.require(row.version());
            return removals.removeHighlight(row, precondition.isGiven() ? row.version() : null)
                    .flatMap(outcome -> deletions.answer(
                            outcome,
                            "highlight",
                            "The stream",
                            "the clip of this highlight is still to be cut; delete it then."));
        });
    }

    @PostMapping("/feedback")
    Mono<ResponseEntity<FeedbackResponse>> judge(Tenant tenant, @PathVariable String id, ServerWebExchange exchange) {
        tenant.require("highlights:write");
        return Mono.zip(highlights.find(tenant, id), JsonBody.optional(exchange.getRequest()))
                .map(both -> FeedbackReader.read(both.getT2(), RequestedId.of(exchange), both.getT1()))
                .flatMap(said -> feedback.add(tenant.organizationId(), said))
                .map(said -> ResponseEntity.status(HttpStatus.CREATED).body(FeedbackResponse.of(said)));
    }

    private Mono<ResponseEntity<HighlightResponse>> tagged(HttpStatus status, HighlightRow row) {
        return answers.one(row).map(answer -> ResponseEntity.status(status)
                .eTag(IfMatch.tag(row.version()))
                .body(answer));
    }
}
