package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.workflows.activity.CatalogActivities.FinishStream;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.Recorded;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.CatalogActivities.SaveHighlights;
import tv.tldr.workflows.activity.CatalogActivities.SaveProgress;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.CatalogActivities.Started;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamId;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStage;
import tv.tldr.workflows.stream.StreamStatus;

class CatalogActivitiesIT extends StoreIT {
    private StreamRef stream;
    private List<NewHighlight> chosen;

    @BeforeEach
    void submitAStreamWithTwoMoments() {
        stream = stores.submitted(stores.organization());
        stores.candidates.replace(stream, Samples.candidates(4)).block();
        chosen = Samples.candidates(4).stream()
                .filter(candidate -> candidate.verdict().kept())
                .map(Samples::highlight)
                .toList();
    }

    @Test
    void tellsTheWholeStoryOfAStreamOnce() {
        everythingTwice();

        StreamRow row = stores.row(stream);
        assertThat(row.status()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(row.recording()).isEqualTo(Samples.recording(stream));
        assertThat(row.duration()).isEqualTo(125.5);
        assertThat(row.coverage()).isEqualTo(60 / 125.5);
        assertThat(row.highlightCount()).isEqualTo(2);
        assertThat(row.statistics())
                .isEqualTo(new StreamStatistics(4, 2, 2, 40.5, 0.94, 3, 1, 0, 0, 0, BigDecimal.ZERO));
        assertThat(row.progress().percentage()).isEqualTo(100);
        assertThat(row.progress().status()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(row.progress().stage()).isEqualTo(StreamStage.DONE);
        assertThat(row.progress().note()).isNull();
        assertThat(row.startedAt()).isAfterOrEqualTo(row.createdAt());
        assertThat(row.completedAt()).isAfterOrEqualTo(row.startedAt());
        assertThat(row.processingTime()).isNotNegative();

        List<StoredEvent> events = events();
        assertThat(events)
                .extracting(StoredEvent::type)
                .containsExactly(
                        "stream.started",
                        "stream.progress",
                        "highlight.detected",
                        "highlight.detected",
                        "highlight.processed",
                        "highlight.processed",
                        "stream.completed");
        assertThat(events).extracting(StoredEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(events).allSatisfy(event -> assertThat(event.data())
                .containsEntry("stream_id", stream.streamId().toString()));
        assertThat(events.getLast().data()).containsEntry("highlight_count", 2).containsKey("statistics");
        assertThat(events.get(4).data())
                .containsEntry("highlight_id", chosen.getFirst().highlightId().toString())
                .containsEntry("confidence_score", 0.95)
                .containsEntry("tags", List.of("clutch", "late"))
                .containsEntry("metadata", Map.of("at", "10 s"))
                .containsEntry(
                        "transcript",
                        List.of(Map.of(
                                "start_time", 8.0, "end_time", 10.0, "text", "and there it is", "source", "model")))
                .containsEntry("clip", Map.of("size_bytes", 1000, "sha256", Samples.SHA256));
    }

    @Test
    void tellsHowManyTurnsAStreamGetsByWhatItsOrganizationHasUnderWay() {
        assertThat(started(stream).fairnessWeight()).isEqualTo(1);
        for (int more = 0; more < 9; more++) {
            started(stores.submitted(stream.organizationId()));
        }
        StreamRef waiting = stores.submitted(stream.organizationId());

        Recorded recorded = stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));

        assertThat(recorded).isEqualTo(new Recorded(0.5));
        assertThat(stores.row(waiting).status()).isEqualTo(StreamStatus.PENDING);
    }

    private Started started(StreamRef which) {
        return Objects.requireNonNull(
                stores.catalog.startStream(new StartStream(which, new EventId(FreshUuid.next()))));
    }

    @Test
    void aCommandThatComesAgainChangesNothingNotEvenTheVersion() {
        everythingTwice();
        StreamRow before = stores.row(stream);

        stores.catalog.saveProgress(progress(10, new EventId(FreshUuid.next())));
        stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));
        stores.catalog.saveHighlights(new SaveHighlights(stream, List.of(Samples.highlight(Samples.candidate(1)))));
        stores.catalog.saveClip(saveClip(chosen.getFirst()));
        stores.catalog.finishStream(end(StreamStatus.FAILED, List.of()));

        assertThat(stores.row(stream)).isEqualTo(before);
        assertThat(events()).hasSize(7);
        assertThat(highlights()).hasSize(2);
    }

    @Test
    void aStreamThatFailsIsCountedOnceByWhoseDoingItWas() {
        SimpleMeterRegistry counted = new SimpleMeterRegistry();
        Metrics.addRegistry(counted);
        try {
            StreamError usedUp = new StreamError(FailureType.QUOTA_EXCEEDED.name(), "no hours are left");
            FinishStream end = new FinishStream(
                    stream,
                    StreamStatus.FAILED,
                    List.of(usedUp),
                    null,
                    List.of(),
                    new EventId(FreshUuid.next()),
                    1,
                    false,
                    0);

            stores.catalog.finishStream(end);
            stores.catalog.finishStream(end);

            assertThat(failures(counted, "plan")).isEqualTo(1);
            assertThat(failures(counted, "program")).isZero();
        } finally {
            Metrics.removeRegistry(counted);
        }
    }

    private static double failures(SimpleMeterRegistry counted, String cause) {
        return counted.counter("tldr.streams.failed", "cause", cause).count();
    }

    @Test
    void nobodyHearsHowFarAStreamIsBeforeItHasStarted() {
        stores.catalog.saveProgress(progress(1, new EventId(FreshUuid.next())));
        assertThat(stores.row(stream).progress().percentage()).isEqualTo(1);
        assertThat(events()).isEmpty();

        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
        stores.catalog.saveProgress(progress(2, new EventId(FreshUuid.next())));

        assertThat(events()).extracting(StoredEvent::type).containsExactly("stream.started", "stream.progress");
    }

    @Test
    void aHighlightKeepsItsOwnCopyOfTheReasons() {
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
        stores.catalog.saveHighlights(new SaveHighlights(stream, chosen));
        stores.candidates.replace(stream, List.of()).block();

        HighlightRow highlight = highlights().getFirst();
        assertThat(highlight.reasons()).isEqualTo(Samples.candidate(0).reasons());
        assertThat(highlight.dimensions()).isEqualTo(Samples.candidate(0).dimensions());
        assertThat(highlight.range()).isEqualTo(Samples.candidate(0).range());
        assertThat(highlight.transcript())
                .isNotEmpty()
                .isEqualTo(Samples.candidate(0).transcript());
        assertThat(highlight.status()).isEqualTo("detected");
        assertThat(stores.row(stream).highlightCount()).isEqualTo(2);
    }

    @Test
    void refusesAHighlightWithoutItsCandidateAndWritesNone() {
        NewHighlight stranger = Samples.highlight(Samples.candidate(9));

        assertThatThrownBy(() ->
                        stores.catalog.saveHighlights(new SaveHighlights(stream, List.of(chosen.getFirst(), stranger))))
                .isInstanceOf(ApplicationFailure.class);
        assertThat(highlights()).isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void aStoppedStreamGivesUpWhatIsNotCut(@TempDir Path folder) {
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
        stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));
        stores.catalog.saveHighlights(new SaveHighlights(stream, chosen));
        stores.catalog.saveClip(saveClip(chosen.getFirst()));
        putFiles(folder);

        HighlightId uncut = chosen.getLast().highlightId();
        stores.catalog.finishStream(end(StreamStatus.STOPPED, List.of(uncut)));

        assertThat(highlights())
                .extracting(HighlightRow::id)
                .containsExactly(chosen.getFirst().highlightId());
        assertThat(keys())
                .contains(
                        ObjectKeys.source(stream),
                        ObjectKeys.clip(stream, chosen.getFirst().highlightId(), 1))
                .doesNotContain(ObjectKeys.clip(stream, uncut, 1));
        assertThat(stores.row(stream).recording()).isNotNull();
        assertThat(events()).extracting(StoredEvent::type).endsWith("highlight.deleted", "stream.stopped");
        assertThat(events().get(events().size() - 2).data().toString()).contains(uncut.toString());
    }

    @Test
    void aFailedStreamKeepsNoSourceAndTellsWhy(@TempDir Path folder) {
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));
        stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3));
        stores.catalog.saveHighlights(new SaveHighlights(stream, chosen));
        stores.catalog.saveClip(saveClip(chosen.getFirst()));
        putFiles(folder);

        FinishStream failure = end(StreamStatus.FAILED, List.of(chosen.getLast().highlightId()));
        stores.catalog.finishStream(failure);
        stores.catalog.finishStream(failure);

        HighlightId cut = chosen.getFirst().highlightId();
        assertThat(keys()).containsExactly(ObjectKeys.clip(stream, cut, 1), ObjectKeys.thumbnail(stream, cut, 1));
        StreamRow row = stores.row(stream);
        assertThat(row.recording()).isNull();
        assertThat(row.media()).isEqualTo(Samples.recording(stream).facts());
        assertThat(row.errors()).containsExactly(new StreamError("SOURCE_NOT_MEDIA", "a text file"));
        assertThat(events().getLast().data())
                .containsEntry("errors", List.of(Map.of("code", "SOURCE_NOT_MEDIA", "message", "a text file")));
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamStatus.class,
            names = {"FAILED", "STOPPED"})
    void aStreamThatEndedBeforeAnythingWasMeasuredIsNotCovered(StreamStatus status) {
        stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next())));

        stores.catalog.finishStream(end(status, List.of()));

        assertThat(stores.row(stream).duration()).isNull();
        assertThat(stores.row(stream).coverage()).isZero();
    }

    @Test
    void aRepeatedEndStillRemovesWhatTheFirstCouldNot(@TempDir Path folder) {
        FinishStream failure = end(StreamStatus.FAILED, List.of());
        stores.catalog.finishStream(failure);
        putFiles(folder);

        stores.catalog.finishStream(failure);

        assertThat(keys()).isEmpty();
        assertThat(events()).hasSize(1);
    }

    @Test
    void anotherEndRemovesNothingOfTheOneThatStands(@TempDir Path folder) {
        stores.catalog.finishStream(end(StreamStatus.COMPLETED, List.of()));
        putFiles(folder);

        stores.catalog.finishStream(end(StreamStatus.FAILED, List.of()));

        assertThat(stores.row(stream).status()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(keys()).contains(ObjectKeys.source(stream));
    }

    @Test
    void aStreamThatEndedBeforeItsWorkflowBeganIsNotStarted() {
        stores.catalog.finishStream(end(StreamStatus.STOPPED, List.of()));

        assertThatThrownBy(() -> stores.catalog.startStream(new StartStream(stream, new EventId(FreshUuid.next()))))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage()).contains("is stopped already");
                });
    }

    @Test
    void aForeignOrganizationChangesNothing() {
        StreamRef asStranger = new StreamRef(stores.organization(), stream.streamId());
        StreamRow before = stores.row(stream);

        assertThatThrownBy(() -> stores.catalog.startStream(new StartStream(asStranger, new EventId(FreshUuid.next()))))
                .isInstanceOf(ApplicationFailure.class);
        assertThatThrownBy(
                        () -> stores.catalog.saveRecording(new SaveRecording(asStranger, Samples.recording(stream), 3)))
                .hasMessageContaining("does not exist");
        assertThat(stores.row(stream)).isEqualTo(before);
    }

    @Test
    void aCommandToAStreamThatIsGoneFailsForGoodAndItsEndIsNotWritten() {
        StreamRef gone = new StreamRef(stream.organizationId(), new StreamId(FreshUuid.next()));

        assertThatThrownBy(() -> stores.catalog.saveRecording(new SaveRecording(gone, Samples.recording(stream), 3)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> assertThat(failure.isNonRetryable())
                        .isTrue());
        stores.catalog.finishStream(new FinishStream(
                gone, StreamStatus.COMPLETED, List.of(), null, List.of(), new EventId(FreshUuid.next()), 1, false, 0));
        assertThat(all(stores.events.ofStream(gone, 0, 10))).isEmpty();
    }

    private void everythingTwice() {
        StartStream start = new StartStream(stream, new EventId(FreshUuid.next()));
        SaveProgress progress = progress(40, new EventId(FreshUuid.next()));
        List<SaveClip> clips = chosen.stream().map(this::saveClip).toList();
        FinishStream end = end(StreamStatus.COMPLETED, List.of());
        twice(() -> stores.catalog.startStream(start));
        twice(() -> stores.catalog.saveRecording(new SaveRecording(stream, Samples.recording(stream), 3)));
        stores.signals
                .save(stream, 0, "as ever", new Signals(0, 60, Map.of(), List.of(), List.of()))
                .block();
        twice(() -> stores.catalog.saveProgress(progress));
        twice(() -> stores.catalog.saveHighlights(new SaveHighlights(stream, chosen)));
        clips.forEach(clip -> twice(() -> stores.catalog.saveClip(clip)));
        twice(() -> stores.catalog.finishStream(end));
    }

    private static void twice(Runnable command) {
        command.run();
        command.run();
    }

    private SaveProgress progress(double percentage, EventId eventId) {
        return new SaveProgress(
                stream,
                new StreamProgress(
                        StreamStatus.PROCESSING, StreamStage.MEASURING, percentage, 60, 125.5, 1, 3, 0, 0, "retrying"),
                eventId);
    }

    private SaveClip saveClip(NewHighlight highlight) {
        return new SaveClip(
                stream, highlight.highlightId(), Samples.clip(stream, highlight), new EventId(FreshUuid.next()));
    }

    private FinishStream end(StreamStatus status, List<HighlightId> uncut) {
        List<StreamError> errors =
                status == StreamStatus.FAILED ? List.of(new StreamError("SOURCE_NOT_MEDIA", "a text file")) : List.of();
        return new FinishStream(
                stream,
                status,
                errors,
                null,
                uncut,
                new EventId(FreshUuid.next()),
                1,
                status == StreamStatus.COMPLETED,
                0);
    }

    /** The source, and clip and thumbnail of every chosen moment. */
    private void putFiles(Path folder) {
        put(ObjectKeys.source(stream), folder);
        IntStream.range(0, chosen.size()).mapToObj(chosen::get).forEach(highlight -> {
            put(ObjectKeys.clip(stream, highlight.highlightId(), 1), folder);
            put(ObjectKeys.thumbnail(stream, highlight.highlightId(), 1), folder);
        });
    }

    private void put(ObjectKey key, Path folder) {
        try {
            stores.objects.put(key, Files.writeString(folder.resolve("content"), "content"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ObjectKey> keys() {
        return stores.objects.list(ObjectKeys.stream(stream));
    }

    private List<StoredEvent> events() {
        return all(stores.events.after(stream.organizationId(), 0, 1000));
    }

    private List<HighlightRow> highlights() {
        return answer(stores.highlights.all(stream));
    }
}
