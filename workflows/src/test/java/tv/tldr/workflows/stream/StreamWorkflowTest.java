package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.Strategy;

class StreamWorkflowTest {
    private static final StreamOptions HYBRID = StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID);
    static final Recording RECORDING = new Recording(
            "organizations/o/streams/s/source", 1_000_000, "00", new MediaFacts(600, 0, "mp4", 0, null, null));

    private final FakeWorld world = new FakeWorld();
    private StreamRun run;

    @BeforeEach
    void startServer() {
        run = StreamRun.onSkippedTime(world);
    }

    @AfterEach
    void stopServer() {
        run.close();
    }

    @Test
    void goesFromSourceToClipsInOrder() {
        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(world.calls).startsWith("start", "probe", "record", "save recording of 10");
        assertThat(world.timesMeasured).hasSize(10).containsValue(1).doesNotContainValue(2);
        assertThat(world.calls.subList(14, world.calls.size()))
                .startsWith("select over 600")
                .containsSubsequence("cut", "save clip", "finish")
                .endsWith("finish");
        assertThat(world.saved).hasSize(3);
        assertThat(world.ends.getFirst().uncut()).isEmpty();
        assertThat(world.ends.getFirst().errors()).isEmpty();
    }

    @Test
    void givesEveryHighlightAndEventAnIdOfItsOwn() {
        world.moments = 40;
        run.runToTheEnd();

        assertThat(world.saved).extracting(highlight -> highlight.highlightId()).doesNotHaveDuplicates();
        assertThat(world.saved).extracting(highlight -> highlight.eventId()).doesNotHaveDuplicates();
    }

    @Test
    void tellsProgressThatOnlyGrows() {
        run.runToTheEnd();

        assertThat(world.progress)
                .extracting(saved -> saved.progress().percentage())
                .isSorted()
                .hasSizeBetween(3, 20);
    }

    @Test
    void saysWhyNothingWasChosen() {
        world.moments = 0;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.ends.getFirst().emptyReason()).contains("0.41");
    }

    @Test
    void failsWithTheReasonWhenTheSourceIsNotMedia() {
        world.probeFails = FailureType.SOURCE_NOT_MEDIA;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.FAILED);
        assertThat(world.calls).containsExactly("start", "probe", "finish");
        assertThat(world.ends.getFirst().errors())
                .containsExactly(new StreamError("SOURCE_NOT_MEDIA", "the source said no"));
    }

    @Test
    void failsBeforeItTookAnythingInWhenNoHoursAreLeftForIt() {
        world.startFails = FailureType.QUOTA_EXCEEDED;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.FAILED);
        assertThat(world.calls).containsExactly("start", "finish");
        assertThat(world.ends.getFirst().errors())
                .containsExactly(new StreamError("QUOTA_EXCEEDED", "no hours are left"));
    }

    @Test
    void triesASourceThatDoesNotAnswerFourTimesAndThenSaysSo() {
        world.probeFails = FailureType.SOURCE_UNREACHABLE;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.FAILED);
        assertThat(world.calls).filteredOn("probe"::equals).hasSize(4);
        assertThat(world.ends.getFirst().errors().getFirst().code()).isEqualTo("SOURCE_UNREACHABLE");
    }

    @Test
    void waitsForHoursForADependencyThatIsAway() {
        world.probeFails = FailureType.SERVICE_UNAVAILABLE;
        world.probesThatFail = 40;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).filteredOn("probe"::equals).hasSize(41);
    }

    @Test
    void goesOnWithoutADamagedSegmentAndSaysWhich() {
        world.segmentsFailWith = FailureType.PROCESSING_ERROR;
        world.damagedSegments = segment -> segment == 4;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.timesMeasured).containsEntry(4, 3).containsEntry(5, 1);
        assertThat(world.ends.getFirst().errors()).hasSize(1).first().satisfies(error -> {
            assertThat(error.code()).isEqualTo("PROCESSING_ERROR");
            assertThat(error.message()).contains("0:04:00–0:05:00").contains("no frame could be read");
        });
    }

    @Test
    void analysesWhatIsThereOfASourceThatWasCutOffAndSaysWhatIsMissing() {
        world.missing = 125;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("SOURCE_ENDED");
            assertThat(error.message()).contains("breaks off at 0:10:00 of 0:12:05");
        });
    }

    @Test
    void failsWhenNoSegmentCouldBeMeasured() {
        world.segmentsFailWith = FailureType.PROCESSING_ERROR;
        world.damagedSegments = segment -> true;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.FAILED);
        assertThat(world.calls).noneMatch(call -> call.startsWith("select"));
    }

    @Test
    void dropsAHighlightWhoseClipCannotBeCut() {
        world.moments = 1;
        world.uncuttable = clip -> true;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.ends.getFirst().uncut())
                .containsExactly(world.saved.getFirst().highlightId());
        assertThat(world.ends.getFirst().errors()).hasSize(1);
    }

    @Test
    void rulesAloneAskNobody() {
        run.runToTheEnd();

        assertThat(world.calls).noneMatch(call -> call.startsWith("ask") || call.equals("plan"));
    }

    @Test
    void goesByWhatTheStreamWasChangedToWhileItWasPending() {
        world.changed = HYBRID;

        run.runToTheEnd();

        assertThat(world.calls).contains("ask 0", "ask 3");
    }

    @Test
    void asksAboutEveryPlannedWindowOnceBeforeItChooses() {
        run.with(HYBRID);

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls)
                .filteredOn(call -> call.startsWith("ask"))
                .containsExactlyInAnyOrder("ask 0", "ask 1", "ask 2", "ask 3");
        assertThat(world.calls.indexOf("select over 600")).isGreaterThan(world.calls.indexOf("ask 3"));
        assertThat(world.calls).noneMatch(call -> call.startsWith("given up"));
    }

    @Test
    void aWindowWithoutAUsableAnswerDoesNotKeepOthersFromBeingAsked() {
        world.unanswerable = window -> window == 1;
        WorkflowStub stream = run.with(HYBRID).start();

        assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
        assertThat(stream.query("details", String.class)).contains("4 of 4 windows asked, 3 answered, 0.0044 USD");
        assertThat(world.ends.getFirst().errors()).isEmpty();
    }

    @Test
    void aModelThatHasNoUsableAnswerAtAllIsToldOnce() {
        world.unanswerable = window -> true;
        run.with(HYBRID);

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("AI_UNUSABLE");
            assertThat(error.message()).contains("any of the 4 parts of the stream");
        });
    }

    @Test
    void asksNoMoreWhenTheBudgetIsSpentAndSaysWhyOnce() {
        world.windows = 50;
        world.unaffordable = window -> window >= 5;
        run.with(HYBRID);

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).filteredOn(call -> call.startsWith("ask")).hasSizeBetween(6, 10);
        assertThat(world.calls).contains("given up: the stream's budget of 0.05 USD is spent");
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("AI_BUDGET_SPENT");
            assertThat(error.message())
                    .startsWith("the stream's budget of 0.05 USD is spent; rules score what the model was not asked");
        });
    }

    @Test
    void completesByRulesWhenTheModelRefusesAndTellsItOnce() {
        world.windows = 50;
        world.unaskable = window -> true;
        run.with(HYBRID);

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).filteredOn(call -> call.startsWith("ask")).hasSizeLessThanOrEqualTo(8);
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("AI_REFUSED");
            assertThat(error.message()).contains("GEMINI_API_KEY");
        });
    }

    @Test
    void comparesTheFinalistsOnceAfterAllWindowsAndBeforeItChooses() {
        WorkflowStub stream = run.with(HYBRID).start();

        assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls)
                .containsSubsequence("ask 3", "compare over 600", "select over 600")
                .containsOnlyOnce("compare over 600")
                .noneMatch(call -> call.startsWith("not compared"));
        assertThat(stream.query("details", String.class))
                .contains("**Finalists** 3 compared with each other")
                .contains("0.0045 USD");
    }

    @Test
    void choosesWithoutComparingWhenTheModelIsAwayAndNothingIsWrong() {
        world.comparingFails = FailureType.AI_UNAVAILABLE;
        WorkflowStub stream = run.with(HYBRID).start();

        assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).contains("not compared: the model is away", "select over 600");
        assertThat(world.ends.getFirst().errors()).isEmpty();
        assertThat(stream.query("details", String.class))
                .contains("**Finalists** not compared with each other: the model is away");
    }

    @Test
    void whoNeverAnsweredOrIsAskedNoMoreIsNotAskedToCompare() {
        world.unanswerable = window -> true;
        assertThat(run.with(HYBRID).runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(world.calls).noneMatch(call -> call.startsWith("compare"));
    }

    @Test
    void aSpentBudgetComparesNothing() {
        world.unaffordable = window -> window == 3;
        assertThat(run.with(HYBRID).runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(world.calls).noneMatch(call -> call.startsWith("compare"));
    }

    @Test
    void goesOnFromARecordingThatALostWorkflowStored() {
        run.from(new StreamState(RECORDING, 0, 0, null, 0, List.of(), null, false, List.of()));

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).doesNotContain("start", "probe", "record").contains("select over 600");
        assertThat(world.timesMeasured).hasSize(10);
        assertThat(savedClips()).isEqualTo(3);
    }

    @Test
    void goesOnFromHighlightsThatALostWorkflowAnnouncedAndCutsOnlyTheRest() {
        List<NewHighlight> announced = List.of(highlight(1), highlight(2), highlight(3));
        run.from(new StreamState(RECORDING, 10, 10, announced, 1, List.of(), null, false, List.of()));

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.calls).containsOnly("cut", "save clip", "finish");
        assertThat(savedClips()).isEqualTo(2);
        assertThat(world.saved).isEmpty();
        assertThat(world.ends.getFirst().uncut()).isEmpty();
    }

    @Test
    void tellsOperatorsInWordsWithoutSecrets() {
        world.segmentsFailWith = FailureType.PROCESSING_ERROR;
        world.damagedSegments = segment -> segment == 1;
        WorkflowStub stream = run.start();
        stream.getResult(StreamStatus.class);

        assertThat(stream.query("details", String.class))
                .contains("Stream completed — 100 %")
                .contains("0:10:00, h264 1280×720, 30.00 frames/s, aac 48000 Hz")
                .contains("3 selected, 3 cut")
                .contains("PROCESSING_ERROR")
                .contains("https://media.example/a.mp4")
                .doesNotContain("secret");
        assertThat(stream.query("progress", StreamProgress.class).percentage()).isEqualTo(100);
    }

    @Test
    void keepsPayloadsSmallForTheLongestSelection() {
        world.moments = StreamOptions.MOST_HIGHLIGHTS;
        world.wordy = true;
        world.duration = 86_400;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
        assertThat(world.timesMeasured.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1440).boxed().toList());
        assertThat(savedClips()).isEqualTo(StreamOptions.MOST_HIGHLIGHTS);
    }

    private int savedClips() {
        return (int) world.calls.stream().filter("save clip"::equals).count();
    }

    private static NewHighlight highlight(int number) {
        Moment moment =
                new Moment(number, new TimeRange(number * 60, number * 60 + 15), number * 60 + 7, 0.9, "action");
        return new NewHighlight(new HighlightId(new UUID(1, number)), new EventId(new UUID(2, number)), moment);
    }
}
