package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedKey;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.Outcome;
import tv.tldr.activities.gemini.TokenUsage;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ClipActivities.StoredFile;
import tv.tldr.workflows.activity.RecutActivities.FailRecut;
import tv.tldr.workflows.activity.RecutActivities.FinishRecut;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.ScoringActivities.Standing;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;
import tv.tldr.workflows.selection.Candidate;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.TimeRange;

/** What becomes of a stream's highlights when it is analysed again? Of three: one stays, one has other edges, one goes. */
class AnotherAnalysisIT extends StoreIT {
    private static final DimensionSetChain SPORTS = DimensionSetChain.of(DimensionSetVersion.of(Preset.SPORTS_DEFAULT));

    private StreamRef stream;
    private List<NewHighlight> first;
    private List<NewHighlight> second = List.of();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aStreamThatHasBeenAnalysed() throws IOException {
        stream = stores.submitted(stores.organization());
        stores.candidates.replace(stream, Samples.candidates(6)).block();
        first = Samples.candidates(6).stream()
                .filter(candidate -> candidate.verdict().kept())
                .map(Samples::highlight)
                .toList();
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));
        put(ObjectKeys.source(stream));
        stores.catalog.saveHighlights(new SaveHighlights(stream, first));
        for (NewHighlight highlight : first) {
            stores.catalog.saveClip(new SaveClip(stream, highlight.highlightId(), clip(highlight, 1), event()));
        }
        stores.catalog.finishStream(end(StreamStatus.COMPLETED, List.of()));
    }

    @Test
    void whatIsChosenAgainKeepsItsIdWhatHasOtherEdgesGetsItsClipAndTheRestGoes() throws IOException {
        reopened();
        everythingTwice(StreamStatus.COMPLETED, List.of());

        List<HighlightRow> rows = highlights();
        assertThat(rows)
                .extracting(HighlightRow::id)
                .containsExactlyInAnyOrder(id(0), id(1), second.getLast().highlightId());
        assertThat(row(id(0)).confidence()).isEqualTo(0.5);
        assertThat(row(id(0)).reckoning())
                .isEqualTo(other(Samples.candidate(0), 0.5).reckoning());
        assertThat(row(id(1)).reckoning())
                .isEqualTo(other(Samples.candidate(2), 0.93).reckoning());
        assertThat(row(second.getLast().highlightId()).reckoning())
                .isEqualTo(Samples.candidate(8).reckoning());
        assertThat(row(id(0)).files()).isEqualTo(clip(first.get(0), 1));
        assertThat(row(id(1)).range()).isEqualTo(new TimeRange(61, 79));
        assertThat(row(id(1)).files()).isEqualTo(clip(second.get(1), 3));
        assertThat(row(second.getLast().highlightId()).status()).isEqualTo("processed");
        assertThat(stores.row(stream).highlightCount()).isEqualTo(3);
        assertThat(stores.row(stream).scoredWith()).isNull();

        assertThat(newEvents())
                .containsExactlyInAnyOrder(
                        "stream.started",
                        "highlight.updated",
                        "highlight.detected",
                        "highlight.updated",
                        "highlight.processed",
                        "highlight.deleted",
                        "stream.completed");
        assertThat(keys())
                .contains(
                        ObjectKeys.source(stream),
                        ObjectKeys.clip(stream, id(0), 1),
                        ObjectKeys.clip(stream, id(1), 3),
                        ObjectKeys.clip(stream, second.getLast().highlightId(), 1))
                .doesNotContain(ObjectKeys.clip(stream, id(1), 1), ObjectKeys.clip(stream, id(2), 1));
    }

    @Test
    void whatAPersonWroteIsNotWrittenOver() throws IOException {
        HighlightEdit edit = new HighlightEdit("Mine", null, List.of("final"), null, null, null);
        new HighlightEditStore(stores.database, stores.events)
                .edit(stream.organizationId(), List.of(id(0), id(1)), edit, Map.of())
                .block();
        reopened();
        everythingTwice(StreamStatus.COMPLETED, List.of());

        for (HighlightId id : List.of(id(0), id(1))) {
            assertThat(row(id).title()).isEqualTo("Mine");
            assertThat(row(id).tags()).containsExactly("final");
        }
        assertThat(row(id(0)).confidence()).as("the rest is new").isEqualTo(0.5);
        assertThat(row(id(1)).metadata())
                .isEqualTo(Map.copyOf(Samples.candidate(2).labels().metadata()));
    }

    @Test
    void whatAPersonHasCutStaysAsItIs() throws IOException {
        TimeRange byHand = new TimeRange(62.5, 75);
        int version = wanted(id(1), byHand);
        FinishRecut cut = cut(version, byHand);
        twice(() -> stores.recuts.finishRecut(cut));

        HighlightRow before = row(id(1));
        assertThat(before.range()).isEqualTo(byHand);
        assertThat(before.start()).isEqualTo(Edge.MANUAL);
        assertThat(before.end()).isEqualTo(Edge.MANUAL);
        assertThat(before.files()).isEqualTo(cut.files());
        assertThat(before.recut()).isNull();
        assertThat(before.version()).isEqualTo(version + 1);
        assertThat(newEvents()).containsExactly("highlight.updated", "highlight.updated");
        assertThat(keys())
                .contains(ObjectKeys.clip(stream, id(1), version))
                .doesNotContain(ObjectKeys.clip(stream, id(1), 1), ObjectKeys.thumbnail(stream, id(1), 1));

        reopened();
        everythingTwice(StreamStatus.COMPLETED, List.of());
        HighlightRow after = row(id(1));
        assertThat(after.confidence()).as("the rest is new").isEqualTo(0.93);
        assertThat(after.range()).isEqualTo(byHand);
        assertThat(after.peak()).isEqualTo(before.peak());
        assertThat(after.start()).isEqualTo(Edge.MANUAL);
        assertThat(after.files()).isEqualTo(cut.files());
        assertThat(keys()).contains(ObjectKeys.clip(stream, id(1), version));
    }

    @Test
    void aClipThatIsCutWhileAnotherAnalysisEndsIsNotRemovedByIt() throws IOException {
        reopened();
        TimeRange byHand = new TimeRange(62.5, 75);
        int version = wanted(id(1), byHand);
        FinishRecut cut = cut(version, byHand);
        everythingTwice(StreamStatus.COMPLETED, List.of());

        assertThat(keys()).contains(ObjectKeys.clip(stream, id(1), version), ObjectKeys.clip(stream, id(1), 3));
        stores.recuts.finishRecut(cut);
        assertThat(row(id(1)).range()).isEqualTo(byHand);
        assertThat(keys())
                .contains(ObjectKeys.clip(stream, id(1), version))
                .doesNotContain(ObjectKeys.clip(stream, id(1), 3));
    }

    @Test
    void aClipThatNobodyWantsAnyMoreGoesAndNotWhatTookItsPlace() throws IOException {
        TimeRange sooner = new TimeRange(62.5, 75);
        FinishRecut early = cut(wanted(id(1), sooner), sooner);
        int version = wanted(id(1), new TimeRange(63, 76));

        twice(() -> stores.recuts.finishRecut(early));
        stores.recuts.failRecut(new FailRecut(stream, id(1), early.version(), "too late", event()));

        assertThat(row(id(1)).range()).isEqualTo(first.get(1).moment().range());
        assertThat(row(id(1)).recut()).isEqualTo(new Recut(version, new TimeRange(63, 76), null));
        assertThat(keys())
                .contains(ObjectKeys.clip(stream, id(1), 1))
                .doesNotContain(ObjectKeys.clip(stream, id(1), early.version()));

        stores.database
                .update(stores.database.sql(
                        stream, "DELETE FROM highlights WHERE organization_id = :organization AND stream_id = :stream"))
                .block();
        FinishRecut late = cut(version, new TimeRange(63, 76));
        twice(() -> stores.recuts.finishRecut(late));
        assertThat(keys()).doesNotContain(ObjectKeys.clip(stream, id(1), version));
    }

    private int wanted(HighlightId id, TimeRange range) {
        HighlightEdit edit = new HighlightEdit(null, null, null, null, null, range);
        return (int) answer(new HighlightEditStore(stores.database, stores.events)
                        .edit(stream.organizationId(), List.of(id), edit, Map.of()))
                .getFirst()
                .version();
    }

    private FinishRecut cut(int version, TimeRange range) throws IOException {
        return new FinishRecut(stream, id(1), version, range, range.middle(), clip(first.get(1), version), event());
    }

    @Test
    void oneThatFailsLeavesWhatStoodAndTheRecordingAndHowEachCameAbout() {
        List<HighlightRow> before = highlights();
        reopened();
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.finishStream(end(StreamStatus.FAILED, List.of()));

        assertThat(highlights()).extracting(HighlightRow::id).containsExactlyInAnyOrder(id(0), id(1), id(2));
        assertThat(before).extracting(HighlightRow::reckoning).doesNotContainNull();
        // When it ended is the stream's.
        assertThat(highlights())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("streamEnded")
                .isEqualTo(before);
        assertThat(stores.row(stream).recording()).isNotNull();
        assertThat(keys()).contains(ObjectKeys.source(stream), ObjectKeys.clip(stream, id(2), 1));
    }

    @Test
    void oneThatIsEndedTooEarlyKeepsWhatItHasCutAndOfWhatStoodAllThatShowsSomethingElse() throws IOException {
        reopened();
        Candidate across = other(Samples.candidate(8), new TimeRange(130, 150), 0.9);
        stores.candidates.replace(stream, List.of(across)).block();
        NewHighlight fresh = Samples.highlight(across);
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.saveHighlights(new SaveHighlights(stream, List.of(fresh)));
        stores.catalog.saveClip(new SaveClip(stream, fresh.highlightId(), clip(fresh, 1), event()));
        FinishStream forced = end(StreamStatus.STOPPED, List.of());
        twice(() -> stores.catalog.finishStream(forced));

        assertThat(highlights())
                .extracting(HighlightRow::id)
                .containsExactlyInAnyOrder(id(0), id(1), fresh.highlightId());
        assertThat(newEvents()).containsOnlyOnce("highlight.deleted");
        assertThat(keys())
                .contains(ObjectKeys.clip(stream, id(0), 1), ObjectKeys.clip(stream, fresh.highlightId(), 1))
                .doesNotContain(ObjectKeys.clip(stream, id(2), 1));
    }

    @Test
    void whatCouldNotBeCutAnewStaysAsItWas() throws IOException {
        reopened();
        NewHighlight uncut = second.get(1);
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.saveHighlights(new SaveHighlights(stream, second));
        stores.catalog.finishStream(end(StreamStatus.COMPLETED, List.of(uncut.highlightId())));

        assertThat(row(uncut.highlightId()).range())
                .isEqualTo(first.get(1).moment().range());
        assertThat(keys()).contains(ObjectKeys.clip(stream, uncut.highlightId(), 1));
    }

    @Test
    void anEndThatIsToldAgainAfterTheNextHasBegunDoesNotEndThat() {
        reopened();
        FinishStream before = end(StreamStatus.COMPLETED, List.of());
        stores.catalog.startStream(new StartStream(stream, event()));
        stores.catalog.finishStream(before);
        int analysis = stores.row(stream).analysis();
        answer(stores.streams.reopen(stream, StreamOptions.DEFAULTS, SPORTS, analysis + 1));

        stores.catalog.finishStream(before);

        assertThat(stores.row(stream).status()).isEqualTo(StreamStatus.PENDING);
    }

    @Test
    void theNextOneKeepsItsClipsWhenTheEndOfTheOneBeforeIsToldAgain() throws IOException {
        FinishStream before = end(StreamStatus.COMPLETED, List.of());
        reopened();
        ObjectKey unnamed = ObjectKeys.clip(stream, id(1), 3);
        put(unnamed);

        stores.catalog.finishStream(before);

        assertThat(keys()).contains(unnamed);
        assertThat(stores.row(stream).status()).isEqualTo(StreamStatus.PENDING);
    }

    @Test
    void whatALostOneHasAnnouncedGetsItsFirstClip() throws IOException {
        reopened();
        stores.catalog.startStream(new StartStream(stream, event()));
        NewHighlight announced = second.getLast();
        stores.catalog.saveHighlights(new SaveHighlights(stream, second));
        CutClip files = clip(announced, 2);

        stores.catalog.saveClip(new SaveClip(
                stream,
                announced.highlightId(),
                files,
                event(),
                announced.moment().candidate()));
        stores.catalog.finishStream(end(StreamStatus.COMPLETED, List.of(id(1))));

        assertThat(row(announced.highlightId()).files()).isEqualTo(files);
        assertThat(row(announced.highlightId()).status()).isEqualTo("processed");
        assertThat(newEvents()).contains("highlight.processed");
    }

    @Test
    void whatWasOfNoUseIsAskedAgainByTheNextOneAndWhatWasIsNot() {
        ModelWindowStore windows = new ModelWindowStore(stores.database);
        AskedKey asked = new AskedKey("ab".repeat(32));
        TokenUsage usage = new TokenUsage(1, 2, 3, 4);
        Outcome<Answer> blocked = new Outcome.Unusable<>(Outcome.Reason.BLOCKED, "withheld", usage, Cost.of("0.01"));
        Outcome<Answer> usable =
                new Outcome.Answered<>(new Answer(List.of(), List.of(), List.of()), usage, Cost.of("0.02"));
        windows.save(stream, new AskedWindow(0, asked, "m", blocked, null)).block();
        reopened();

        assertThat(windows.findAnswer(stream, asked).blockOptional()).isEmpty();
        windows.save(stream, new AskedWindow(0, asked, "m", usable, null)).block();
        assertThat(answer(windows.findAnswer(stream, asked)).outcome()).isEqualTo(usable);
        AskedKey shorter = new AskedKey("cd".repeat(32));
        windows.save(stream, new AskedWindow(1, shorter, "m", usable, "a third of the frames"))
                .block();
        assertThat(windows.findAnswer(stream, shorter).blockOptional()).isPresent();
        assertThat(windows.findUsable(stream, shorter).blockOptional()).isPresent();
    }

    @Test
    void onlyOneBegins() {
        reopened();

        assertThat(stores.streams
                        .reopen(stream, StreamOptions.DEFAULTS, SPORTS, 2)
                        .blockOptional())
                .isEmpty();
        assertThat(stores.streams
                        .reopen(
                                new StreamRef(stores.organization(), stream.streamId()),
                                StreamOptions.DEFAULTS,
                                SPORTS,
                                2)
                        .blockOptional())
                .isEmpty();
    }

    private void reopened() {
        StreamRow row = answer(stores.streams.reopen(stream, StreamOptions.DEFAULTS, SPORTS, 2));
        assertThat(row.status()).isEqualTo(StreamStatus.PENDING);
        assertThat(row.workflowId()).isEqualTo("stream/" + stream.streamId() + "/2");
        assertThat(row.workflowStartedAt()).isNull();
        assertThat(row.dimensionSet()).isEqualTo(SPORTS);
        List<Candidate> candidates = List.of(
                other(Samples.candidate(0), 0.5),
                other(Samples.candidate(2), new TimeRange(61, 79), 0.93),
                Samples.candidate(8));
        stores.candidates.replace(stream, candidates).block();
        second = List.of(
                goingOn(candidates.get(0), id(0), true),
                goingOn(candidates.get(1), id(1), false),
                Samples.highlight(candidates.get(2)));
    }

    private void everythingTwice(StreamStatus status, List<HighlightId> uncut) throws IOException {
        StartStream start = new StartStream(stream, event());
        twice(() -> stores.catalog.startStream(start));
        twice(() -> stores.catalog.saveHighlights(new SaveHighlights(stream, second)));
        SaveClip recut = new SaveClip(stream, id(1), clip(second.get(1), 3), event(), 2);
        twice(() -> stores.catalog.saveClip(recut));
        SaveClip fresh = new SaveClip(stream, second.getLast().highlightId(), clip(second.getLast(), 1), event());
        twice(() -> stores.catalog.saveClip(fresh));
        FinishStream end = end(status, uncut);
        twice(() -> stores.catalog.finishStream(end));
    }

    private static Candidate other(Candidate candidate, double confidence) {
        return other(candidate, candidate.range(), confidence);
    }

    private static Candidate other(Candidate candidate, TimeRange range, double confidence) {
        Reckoning before = Objects.requireNonNull(candidate.reckoning());
        Reckoning reckoning = new Reckoning(
                before.shares(),
                before.score(),
                before.level(),
                1,
                1,
                2,
                before.most(),
                confidence,
                confidence,
                before.weights(),
                before.together(),
                before.naming());
        return new Candidate(
                candidate.number(),
                range,
                candidate.peak(),
                confidence,
                candidate.type(),
                candidate.dimensions(),
                candidate.reasons(),
                candidate.start(),
                candidate.end(),
                candidate.verdict(),
                candidate.labels(),
                candidate.said(),
                candidate.degraded(),
                candidate.transcript(),
                candidate.signals(),
                reckoning);
    }

    private static NewHighlight goingOn(Candidate candidate, HighlightId as, boolean cut) {
        return new NewHighlight(
                as,
                event(),
                new Moment(
                        candidate.number(),
                        candidate.range(),
                        candidate.peak(),
                        candidate.confidence(),
                        candidate.type(),
                        new Standing(as, 2, cut, true)));
    }

    private CutClip clip(NewHighlight highlight, int version) throws IOException {
        ObjectKey clip = ObjectKeys.clip(stream, highlight.highlightId(), version);
        ObjectKey thumbnail = ObjectKeys.thumbnail(stream, highlight.highlightId(), version);
        put(clip);
        put(thumbnail);
        TimeRange range = highlight.moment().range();
        return new CutClip(
                new StoredFile(clip.value(), 1000, Samples.SHA256),
                new StoredFile(thumbnail.value(), 10, Samples.SHA256),
                range.start(),
                range.end(),
                0.004);
    }

    private void put(ObjectKey key) throws IOException {
        stores.objects.put(key, Files.writeString(folder.resolve("content"), "content"));
    }

    private FinishStream end(StreamStatus status, List<HighlightId> uncut) {
        return new FinishStream(
                stream,
                status,
                List.of(),
                null,
                uncut,
                event(),
                stores.row(stream).analysis(),
                status == StreamStatus.COMPLETED,
                0);
    }

    private HighlightId id(int index) {
        return first.get(index).highlightId();
    }

    private static EventId event() {
        return new EventId(FreshUuid.next());
    }

    private static void twice(Runnable command) {
        command.run();
        command.run();
    }

    private HighlightRow row(HighlightId id) {
        return highlights().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<HighlightRow> highlights() {
        return answer(stores.highlights.all(stream));
    }

    private List<ObjectKey> keys() {
        return stores.objects.list(ObjectKeys.stream(stream));
    }

    /** Of the second analysis: the first has eight. */
    private List<String> newEvents() {
        return all(stores.events.after(stream.organizationId(), 8, 1000)).stream()
                .map(StoredEvent::type)
                .toList();
    }
}
