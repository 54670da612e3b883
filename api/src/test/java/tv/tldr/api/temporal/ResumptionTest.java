package tv.tldr.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.activities.store.StreamPlace;
import tv.tldr.activities.store.StreamRow;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamState;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.TimeRange;

class ResumptionTest {
    private static final StreamRef STREAM =
            new StreamRef(new OrganizationId(FreshUuid.next()), new StreamId(FreshUuid.next()));
    private static final Recording RECORDING =
            new Recording("recording", 1000, "ab", new MediaFacts(600, 0, "mp4", 0, null, null));

    @Test
    void withoutHighlightsOnlyTheRecordingIsCarriedOver() {
        StreamState state = Resumption.of(stream(), List.of());

        assertThat(state).isEqualTo(new StreamState(RECORDING, 0, 0, null, 0, List.of(), null, false, List.of()));
    }

    @Test
    void highlightsKeepTheirIdsAndThoseThatAreCutComeFirst() {
        HighlightRow best = highlight(0, null);
        HighlightRow second = highlight(1, new CutClip(new StoredFile("clip", 10, "cd"), null, 20, 30, 0.004));
        HighlightRow third = highlight(2, null);

        StreamState state = Resumption.of(stream(), List.of(best, second, third));

        assertThat(state.highlights())
                .extracting(NewHighlight::highlightId)
                .containsExactly(second.id(), best.id(), third.id());
        assertThat(state.highlightsCut()).isEqualTo(1);
        assertThat(state.segmentsDone()).isEqualTo(10);
        assertThat(state.recording()).isEqualTo(RECORDING);
    }

    private static StreamRow stream() {
        return new StreamRow(
                STREAM,
                new StreamSource("https://media.example.com/a.mp4", Platform.FILE),
                StreamStatus.PROCESSING,
                false,
                StreamOptions.DEFAULTS,
                Map.of(),
                new StreamProgress(StreamStatus.PROCESSING, StreamStage.CUTTING, 40, 600, 600, 10, 10, 1, 3, null),
                null,
                3,
                null,
                List.of(),
                null,
                "stream/" + STREAM.streamId(),
                StreamPlace.GRANTED,
                Instant.EPOCH,
                null,
                RECORDING,
                RECORDING.facts(),
                600.0,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                null,
                null,
                1,
                false,
                false,
                3);
    }

    private static HighlightRow highlight(int candidate, @Nullable CutClip files) {
        return new HighlightRow(
                new HighlightId(FreshUuid.next()),
                STREAM,
                candidate,
                null,
                null,
                new TimeRange(20, 30),
                25,
                0.9,
                "highlight",
                List.of(),
                Map.of(),
                List.of(),
                Edge.CUT,
                Edge.CUT,
                files,
                null,
                List.of(),
                Map.of(),
                null,
                null,
                Map.of(),
                false,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }
}
