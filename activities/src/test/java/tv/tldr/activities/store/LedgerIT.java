package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Rule;

/** Candidates and the highlights that came of them. */
class LedgerIT extends StoreIT {
    @Test
    void readsBackEveryCandidateWithItsReasons() {
        StreamRef stream = withCandidates(5);

        Page<Candidate> page = answer(stores.candidates.list(stream, new CandidateQuery(null, null, null, 10)));

        assertThat(page.items()).isEqualTo(Samples.candidates(5));
        assertThat(page.items().getFirst().dimensions().keySet())
                .containsExactly("skill_display", "action_intensity", "funny_fail");
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void aNewLedgerReplacesTheOldOne() {
        StreamRef stream = withCandidates(5);

        stores.candidates.replace(stream, Samples.candidates(2)).block();
        stores.candidates.replace(stream, Samples.candidates(2)).block();

        assertThat(candidates(stream, null)).isEqualTo(Samples.candidates(2));
    }

    @Test
    void anEmptyLedgerIsALedgerToo() {
        StreamRef stream = withCandidates(5);

        stores.candidates.replace(stream, List.of()).block();

        assertThat(candidates(stream, null)).isEmpty();
    }

    @Test
    void filtersCandidatesByTheRuleThatDecidedAndPagesThem() {
        StreamRef stream = withCandidates(7);

        assertThat(candidates(stream, Rule.BELOW_THRESHOLD))
                .extracting(Candidate::number)
                .containsExactly(1, 3, 5);
    }

    @Test
    void pagesHighlightsBestFirstOrInTheOrderOfTime() {
        StreamRef stream = withCandidates(8);
        List<NewHighlight> highlights =
                Samples.candidates(8).stream().map(Samples::highlight).toList();
        all(stores.highlights.insert(stream, highlights));
        // Equal confidence: the id parts them.
        stores.owner
                .update(stores.owner
                        .sql(
                                "UPDATE highlights SET confidence_score = 0.5 WHERE stream_id = :id AND candidate IN (1, 2, 3, 4)")
                        .bind("id", stream.streamId().uuid()))
                .block();

        assertThat(highlights(stream, 0, null, HighlightSort.Key.START_TIME))
                .extracting(HighlightRow::candidate)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(highlights(stream, 0, null, HighlightSort.Key.CONFIDENCE))
                .extracting(HighlightRow::candidate)
                .startsWith(0, 5, 6, 7)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(answer(stores.highlights.all(stream)))
                .extracting(HighlightRow::candidate)
                .startsWith(0, 5, 6, 7)
                .hasSize(8);
        assertThat(highlights(stream, 0.6, "clutch_play", HighlightSort.Key.CONFIDENCE))
                .extracting(HighlightRow::candidate)
                .containsExactly(0, 6);
    }

    @Test
    void aForeignOrganizationSeesNeither() {
        StreamRef stream = withCandidates(2);
        NewHighlight highlight = Samples.highlight(Samples.candidate(0));
        all(stores.highlights.insert(stream, List.of(highlight)));
        StreamRef asStranger = new StreamRef(stores.organization(), stream.streamId());

        assertThat(candidates(asStranger, null)).isEmpty();
        assertThat(highlights(asStranger, 0, null, HighlightSort.Key.CONFIDENCE))
                .isEmpty();
        assertThat(answer(stores.highlights.all(asStranger))).isEmpty();
        assertThat(stores.highlights
                        .find(asStranger.organizationId(), highlight.highlightId())
                        .blockOptional())
                .isEmpty();
        assertThat(answer(stores.highlights.find(stream.organizationId(), highlight.highlightId())).stream())
                .isEqualTo(stream);
        stores.candidates.replace(asStranger, List.of()).block();
        assertThat(candidates(stream, null)).hasSize(2);
    }

    private StreamRef withCandidates(int count) {
        StreamRef stream = stores.submitted(stores.organization());
        stores.candidates.replace(stream, Samples.candidates(count)).block();
        return stream;
    }

    /** All pages of two. */
    private List<Candidate> candidates(StreamRef stream, @Nullable Rule rule) {
        List<Candidate> all = new ArrayList<>();
        @Nullable Cursor after = null;
        do {
            Page<Candidate> page = answer(stores.candidates.list(stream, new CandidateQuery(null, rule, after, 2)));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private List<HighlightRow> highlights(
            StreamRef stream, double minConfidence, @Nullable String type, HighlightSort.Key key) {
        HighlightFilter filter = new HighlightFilter(
                List.of(),
                stream.streamId(),
                minConfidence,
                type == null ? List.of() : List.of(type),
                List.of(),
                null,
                null,
                null,
                null);
        List<HighlightRow> all = new ArrayList<>();
        @Nullable Cursor after = null;
        do {
            Page<HighlightRow> page = answer(new HighlightSearch(stores.database)
                    .list(
                            stream.organizationId(),
                            filter,
                            new HighlightSort(key, key == HighlightSort.Key.START_TIME),
                            after,
                            2));
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }
}
