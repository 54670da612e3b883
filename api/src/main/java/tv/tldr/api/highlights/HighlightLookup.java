package tv.tldr.api.highlights;

import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightStore;
import tv.tldr.api.http.PathId;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.highlight.HighlightId;

/** Which highlight does an id in a path name? Foreign, unknown and malformed ids are told apart by nobody. */
@Component
public final class HighlightLookup {
    private static final String HIGHLIGHT = "highlight";

    private final HighlightStore highlights;

    HighlightLookup(HighlightStore highlights) {
        this.highlights = highlights;
    }

    /** The highlight of {@code tenant}, else the same 404 in every case. */
    public Mono<HighlightRow> find(Tenant tenant, String id) {
        return Mono.fromSupplier(() -> PathId.parse(HighlightId::parse, id, HIGHLIGHT))
                .flatMap(highlight -> highlights.find(tenant.organizationId(), highlight))
                .switchIfEmpty(Mono.error(HighlightLookup::none));
    }

    private static ProblemException none() {
        return ProblemException.notFound(HIGHLIGHT);
    }
}
