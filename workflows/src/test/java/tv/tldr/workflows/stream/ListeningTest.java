package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.scoring.Strategy;

/** When does a recogniser of ours listen to a stream, and what does a stream do without it? */
class ListeningTest {
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
    void listensToEachUnheardSegmentOnceBetweenMeasuringAndAsking() {
        world.unheard = segment -> segment != 3;
        run.with(StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID));

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        List<String> calls = world.calls;
        assertThat(heard()).hasSize(9).doesNotHaveDuplicates().doesNotContain("listen to 3");
        assertThat(calls.indexOf("listen to 0")).isGreaterThan(calls.indexOf("measure 9"));
        assertThat(calls.indexOf("plan")).isGreaterThan(calls.indexOf("listen to 9"));
        assertThat(world.ends.getFirst().errors()).isEmpty();
    }

    @Test
    void whereNobodyListensNothingChanges() {
        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(heard()).isEmpty();
        assertThat(world.progress).noneMatch(saved -> saved.progress().stage() == StreamStage.LISTENING);
    }

    @Test
    void listensToNothingOfAStreamWhoseSoundDoesNotCount() {
        world.unheard = segment -> true;
        run.with(StreamOptions.DEFAULTS.withModules(new ProcessingModules(true, false, true, true)));

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(heard()).isEmpty();
        assertThat(world.calls).contains("measure 9", "select over 600");
    }

    @Test
    void tellsTheStageAndProgressThatOnlyGrows() {
        world.unheard = segment -> true;
        run.runToTheEnd();

        assertThat(world.progress)
                .extracting(saved -> saved.progress().percentage())
                .isSorted();
        assertThat(world.progress).extracting(saved -> saved.progress().stage()).contains(StreamStage.LISTENING);
    }

    @Test
    void goesOnWithoutASegmentThatCannotBeHeardAndSaysWhich() {
        world.unheard = segment -> true;
        world.inaudible = segment -> segment == 2;

        assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);

        assertThat(world.calls).contains("listen to 9", "select over 600");
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> assertThat(error.message())
                .isEqualTo("0:02:00–0:03:00 could not be listened to: no sound could be read"));
    }

    @Test
    void goesOnWithoutATranscriptWhenTheModelIsBrokenAndSaysSoOnce() {
        world.unheard = segment -> true;
        world.findingFails = FailureType.PROCESSING_ERROR;
        WorkflowStub stream = run.start();

        assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
        assertThat(heard()).isEmpty();
        assertThat(world.ends.getFirst().errors()).singleElement().satisfies(error -> assertThat(error.message())
                .isEqualTo("what is said could not be written down: the speech model cannot be read"));
    }

    private List<String> heard() {
        return world.calls.stream().filter(call -> call.startsWith("listen")).toList();
    }
}
