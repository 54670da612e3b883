package tv.tldr.api.highlights;

import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.api.usage.Retentions;
import tv.tldr.workflows.account.OrganizationId;

/** How do highlights look on the wire, with what their rows do not say: where their files are, and when they go? */
@Component
final class HighlightAnswers {
    private final FileAddresses files;
    private final Retentions retentions;

    HighlightAnswers(FileAddresses files, Retentions retentions) {
        this.files = files;
        this.retentions = retentions;
    }

    /** The shape of the organization's. */
    Mono<Function<HighlightRow, HighlightResponse>> shape(OrganizationId organization, View view) {
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
