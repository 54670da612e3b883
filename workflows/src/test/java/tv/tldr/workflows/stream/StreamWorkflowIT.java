package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only the real server shows: continue-as-new by its own suggestion, cancellation of work in flight. */
class StreamWorkflowIT {
    private final FakeWorld world = new FakeWorld();

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
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void fiveHundredSegmentsGoThroughManyShortRunsAndNoneIsMeasuredTwice() {
        world.duration = 30_000;
        world.moments = 60;
        try (StreamRun run = StreamRun.onRealServer(
                world, "limit.historyCount.suggestContinueAsNew=50", "limit.historyCount.error=400")) {
            WorkflowStub stream = run.start();

            assertThat(stream.getResult(StreamStatus.class)).isEqualTo(StreamStatus.COMPLETED);
            assertThat(world.timesMeasured.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 500).boxed().toList());
            assertThat(world.timesMeasured.values()).containsOnly(1);
            assertThat(world.calls.stream().filter("save clip"::equals)).hasSize(60);
            assertThat(world.ends).hasSize(1);
        }
    }
}
