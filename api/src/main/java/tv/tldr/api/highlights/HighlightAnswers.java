package tv.tldr.api.highlights;

import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.api.usage.Expiries;
import tv.tldr.workflows.account.OrganizationId;

/** How do highlights look on the wire, with what their rows do not say: where their files are, and when they go? */
@Component
final class HighlightAnswers {
    private final FileAddresses files;
    private final Expiries expiries;

    HighlightAnswers(FileAddresses files, Expiries expiries) {
        this.files = files;
        this.expiries = expiries;
    }

    /** The shape of these and no others. */
    Mono<Function<HighlightRow, HighlightResponse>> shape(
            OrganizationId organization, List<HighlightRow> rows, View view) {
        return files.of(organization)
                .zipWith(
                        expiries.of(organization, rows),
                        (signer, expiry) -> row -> HighlightResponse.of(row, view, signer, expiry));
    }

    Mono<List<HighlightResponse>> all(OrganizationId organization, List<HighlightRow> rows) {
        return shape(organization, rows, View.FULL)
                .map(shape -> rows.stream().map(shape).toList());
    }

    Mono<HighlightResponse> one(HighlightRow row) {
        return all(row.stream().organizationId(), List.of(row)).map(List::getFirst);
    }
}
