package tv.tldr.api.highlights;

import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightFilter;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.HighlightSearch;
import tv.tldr.api.http.Page;
import tv.tldr.api.usage.Retentions;
import tv.tldr.workflows.account.OrganizationId;

/** How do highlights look on the wire, with what their rows do not say: where their files are, and when they go? */
@Component
final class HighlightAnswers {
    private final HighlightSearch search;
    private final FileAddresses files;
    private final Retentions retentions;

    HighlightAnswers(HighlightSearch search, FileAddresses files, Retentions retentions) {
        this.search = search;
        this.files = files;
        this.retentions = retentions;
    }

    /** The page that is {@code wanted} of those that {@code filter} lets through. */
    Mono<Page<HighlightResponse>> page(OrganizationId organization, HighlightPage wanted, HighlightFilter filter) {
        return search.list(organization, filter, wanted.sort(), wanted.after(), wanted.limit())
                .zipWith(shape(organization, wanted.view()), (page, shape) -> Page.of(wanted.list(), page, shape));
    }

    /** The shape of the organization's. */
    private Mono<Function<HighlightRow, HighlightResponse>> shape(OrganizationId organization, View view) {
        return files.of(organization)
                .zipWith(
                        retentions.of(organization),
                        (signer, retention) -> row -> HighlightResponse.of(row, view, signer, retention));
    }

    Mono<List<HighlightResponse>> all(OrganizationId organization, List<HighlightRow> rows) {
        return shape(organization, View.FULL)
                .map(shape -> rows.stream().map(shape).toList());
    }

    Mono<HighlightResponse> one(HighlightRow row) {
        return all(row.stream().organizationId(), List.of(row)).map(List::getFirst);
    }
}
