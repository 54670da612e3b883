package tv.tldr.api.highlights;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.CandidateQuery;
import tv.tldr.activities.store.CandidateStore;
import tv.tldr.activities.store.StoredStream;
import tv.tldr.api.http.Page;
import tv.tldr.api.http.PageToken;
import tv.tldr.api.http.Parameters;
import tv.tldr.api.security.Tenant;
import tv.tldr.api.streams.StreamLookup;
import tv.tldr.workflows.selection.Rule;

/** What was found in a stream over HTTP: its highlights, every moment that was considered, and what is said. */
@RestController
@RequestMapping(path = "/api/v1/streams/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
final class StreamFindingsController {
    private static final String LEDGER = "candidates";

    private final StreamLookup streams;
    private final CandidateStore candidates;
    private final StoredStream stored;
    private final HighlightAnswers answers;

    StreamFindingsController(
            StreamLookup streams, CandidateStore candidates, StoredStream stored, HighlightAnswers answers) {
        this.streams = streams;
        this.candidates = candidates;
        this.stored = stored;
        this.answers = answers;
    }

    /** The best first, unless asked otherwise. */
    @GetMapping("/highlights")
    Mono<Page<HighlightResponse>> highlights(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        HighlightPage wanted = HighlightPage.ofOneStream(id, parameters);
        parameters.finish();
        return streams.find(tenant, id)
                .flatMap(stream -> answers.page(
                        tenant.organizationId(),
                        wanted,
                        wanted.filter().of(stream.ref().streamId())));
    }

    /** The decision ledger, by time. */
    @GetMapping("/candidates")
    Mono<LedgerResponse> candidates(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        Parameters parameters = new Parameters(query);
        String ledger = PageToken.listBelow(id, LEDGER);
        CandidateQuery wanted = new CandidateQuery(
                parameters.flag("kept").orElse(null),
                parameters.choice("rule", Rule.class).orElse(null),
                parameters.cursorByNumber(ledger).orElse(null),
                parameters.limit());
        parameters.finish();
        return streams.find(tenant, id).flatMap(stream -> candidates
                .list(stream.ref(), wanted)
                .map(page -> LedgerResponse.of(Page.of(ledger, page, CandidateResponse::of), stream.emptyReason())));
    }

    /** All lines that were heard, by time. */
    @GetMapping("/transcript")
    Mono<TranscriptResponse> transcript(
            Tenant tenant, @PathVariable String id, @RequestParam MultiValueMap<String, String> query) {
        tenant.require("highlights:read");
        new Parameters(query).finish();
        return streams.find(tenant, id)
                .flatMap(stream -> stored.transcript(stream.ref()))
                .map(transcript -> TranscriptResponse.of(id, transcript));
    }
}
