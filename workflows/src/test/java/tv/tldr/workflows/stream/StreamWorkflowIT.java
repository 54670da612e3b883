package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.scoring.Strategy;

/** What only the real server shows: stops and cancellations of work in flight, continue-as-new by its own suggestion. */
@Execution(ExecutionMode.CONCURRENT)
class StreamWorkflowIT {
    private final FakeWorld world = new FakeWorld();

    @Test
    void stopFinishesWhatIsMeasured() throws Exception {
        world.segmentsThatWait = segment -> segment >= 3;
        try (StreamRun run = StreamRun.onRealServer(world)) {
            WorkflowStub stream = run.start();
            world.waiting.await();
            StreamProgress answer = stream.update("stop", StreamProgress.class, false);
            world.released.countDown();

            assertThat(answer.status()).isEqualTo(StreamStatus.PROCESSING);
            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.STOPPED);
            assertThat(world.timesMeasured.size()).isBetween(4, 7);
            assertThat(world.calls).contains("select over " + 60 * world.timesMeasured.size(), "save clip");
            assertThat(world.ends.getFirst().uncut()).isEmpty();
        }
    }

    @Test
    void forceKeepsOnlyWhatIsCut() throws Exception {
        world.moments = 6;
        world.clipsThatWait = clip -> clip >= 2;
        try (StreamRun run = StreamRun.onRealServer(world)) {
            WorkflowStub stream = run.start();
            world.waiting.await();
            stream.update("stop", StreamProgress.class, true);

            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.STOPPED);
            long kept = world.calls.stream().filter("save clip"::equals).count();
            assertThat(world.ends.getFirst().uncut()).hasSize(6 - (int) kept);
            assertThat(world.ends.getFirst().errors()).isEmpty();
        }
    }

    @Test
    void aForcedStopWhileFinalistsAreComparedWaitsForNoAnswer() throws Exception {
        world.comparingWaits = true;
        try (StreamRun run = StreamRun.onRealServer(world).with(StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID))) {
            WorkflowStub stream = run.start();
            world.waiting.await();
            assertThat(stream.query("details", String.class))
                    .contains("Comparing the finalists with each other — 60 %");
            stream.update("stop", StreamProgress.class, true);

            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.STOPPED);
            assertThat(world.calls).noneMatch(call -> call.startsWith("select"));
            assertThat(world.ends.getFirst().errors()).isEmpty();
        }
    }

    @Test
    void longWorkComesInTheTurnsOfItsOrganizationAsManyAsItIsDueThen() {
        world.weightAtStart = 0.75;
        world.weightWhenRecorded = 0.25;
        world.unheard = segment -> segment == 0;
        try (StreamRun run = StreamRun.onRealServer(world).with(StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID))) {
            world.changed = StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID);
            assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        }

        Set<String> first = Set.of("o 0.75");
        Set<String> then = Set.of("o 0.25");
        assertThat(world.turns)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ProbeSource", first,
                        "RecordSource", first,
                        "MeasureSegment", then,
                        "ListenToSegment", then,
                        "AskWindow", then,
                        "CutClip", then));
    }

    @Test
    void stopBeforeAnythingIsRecordedEndsAtOnce() throws Exception {
        world.recordingWaits = true;
        try (StreamRun run = StreamRun.onRealServer(world)) {
            WorkflowStub stream = run.start();
            world.waiting.await();
            stream.update("stop", StreamProgress.class, false);

            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.STOPPED);
            assertThat(world.calls).containsExactly("start", "probe", "record", "finish");
            assertThatThrownBy(() -> stream.update("stop", StreamProgress.class, false))
                    .isInstanceOfAny(WorkflowUpdateException.class, io.temporal.client.WorkflowNotFoundException.class);
        }
    }

    @Test
    void cancellationEndsLikeAForcedStop() throws Exception {
        world.segmentsThatWait = segment -> true;
        try (StreamRun run = StreamRun.onRealServer(world)) {
            WorkflowStub stream = run.start();
            world.waiting.await();
            stream.cancel();

            assertThatThrownBy(() -> stream.getResult(StreamStatus.class)).isInstanceOf(WorkflowFailedException.class);
            assertThat(world.ends.getFirst().status()).isEqualTo(StreamStatus.STOPPED);
        }
    }

    /** Here, because the server with skipped time refuses to cancel an activity that fails at the same moment. */
    @Test
    void failsWhenTheDiskStaysFullInsteadOfTryingEverySegment() {
        world.segmentsFailWith = FailureType.STORAGE_FULL;
        world.damagedSegments = segment -> true;
        world.duration = 36_000;
        try (StreamRun run = StreamRun.onRealServer(world)) {
            assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.FAILED);
            assertThat(world.ends.getFirst().errors().getFirst().code()).isEqualTo("STORAGE_FULL");
            assertThat(world.timesMeasured.size()).isLessThan(20);
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void fiveHundredSegmentsGoThroughManyShortRunsAndNoneIsMeasuredTwice() {
        world.duration = 30_000;
        world.moments = 60;
        world.weightWhenRecorded = 0.25;
        try (StreamRun run = StreamRun.onRealServer(
                world,
                "limit.historyCount.suggestContinueAsNew=50",
                "limit.historyCount.error=400",
                // Otherwise each of the many runs begins a second after the one before.
                "history.workflowIdReuseMinimalInterval=\"10ms\"")) {
            WorkflowStub stream = run.start();

            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
            assertThat(world.timesMeasured.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 500).boxed().toList());
            assertThat(world.timesMeasured.values()).containsOnly(1);
            assertThat(world.calls.stream().filter("save clip"::equals)).hasSize(60);
            assertThat(world.ends).hasSize(1);
            assertThat(world.turns)
                    .containsEntry("MeasureSegment", Set.of("o 0.25"))
                    .containsEntry("CutClip", Set.of("o 0.25"));
        }
    }
}
