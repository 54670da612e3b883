package tv.tldr.workflows.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.tldr.workflows.Histories;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.scoring.Strategy;

/**
 * Can every recorded life of a stream still be replayed by today's code? A change that breaks one of these histories breaks
 * streams that are in process while it is deployed: version it with {@code Workflow.getVersion}, and record a new history
 * beside the old ones by {@code ./tldr test -pl workflows -Dtest=StreamReplayTest -Drecord.histories}.
 */
class StreamReplayTest {
    private static final Histories HISTORIES = Histories.in("histories");
    private static final StreamOptions ASKING = StreamOptions.DEFAULTS.withStrategy(Strategy.HYBRID);

    static List<Path> histories() throws IOException {
        return HISTORIES.files();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(Path history) throws Exception {
        try (StreamRun run = StreamRun.onSkippedTime(new FakeWorld())) {
            WorkflowReplayer.replayWorkflowExecution(
                    Histories.read(history),
                    run.environment().getWorkerFactory().getWorker(TaskQueues.STREAMS));
        }
    }

    @Test
    void thereIsAHistoryOfEachWay() throws IOException {
        assertThat(HISTORIES.names())
                .contains(
                        "another-analysis.json",
                        "asked.json",
                        "compared.json",
                        "completed.json",
                        "continued.json",
                        "damaged-segment.json",
                        "empty.json",
                        "failed-source.json",
                        "force-stopped.json",
                        "listened.json",
                        "resumed.json",
                        "stopped.json");
    }

    @Test
    @EnabledIfSystemProperty(named = "record.histories", matches = ".*")
    void record() throws Exception {
        // "asked" is of before finalists were compared: it cannot be recorded again.
        record("compared", new FakeWorld(), ASKING, stub -> {});
        // All but "listened" are of before anybody listened: whoever records them again loses that.
        record("completed", new FakeWorld(), stub -> {});
        FakeWorld spoken = new FakeWorld();
        spoken.unheard = segment -> true;
        record("listened", spoken, stub -> {});
        FakeWorld empty = new FakeWorld();
        empty.moments = 0;
        record("empty", empty, stub -> {});
        FakeWorld damaged = new FakeWorld();
        damaged.segmentsFailWith = FailureType.PROCESSING_ERROR;
        damaged.damagedSegments = segment -> segment == 4;
        record("damaged-segment", damaged, stub -> {});
        FakeWorld failed = new FakeWorld();
        failed.probeFails = FailureType.SOURCE_NOT_MEDIA;
        record("failed-source", failed, stub -> {});
        FakeWorld stopped = new FakeWorld();
        stopped.segmentsThatWait = segment -> segment == 3;
        record("stopped", stopped, stub -> {
            stopped.waiting.await();
            stub.update("stop", StreamProgress.class, false);
            stopped.released.countDown();
        });
        FakeWorld forced = new FakeWorld();
        forced.moments = 6;
        forced.clipsThatWait = clip -> clip >= 2;
        record("force-stopped", forced, stub -> {
            forced.waiting.await();
            stub.update("stop", StreamProgress.class, true);
        });
        if (isWanted("another-analysis")) {
            try (StreamRun run =
                    StreamRun.onRealServer(new FakeWorld()).with(ASKING).again(StreamWorkflowTest.RECORDING)) {
                assertThat(run.runToTheEnd()).isEqualTo(StreamStatus.COMPLETED);
                HISTORIES.save("another-analysis", history(run, run.workflowId(), ""));
            }
        }
        if (!isWanted("continued")) {
            return;
        }
        FakeWorld continued = new FakeWorld();
        continued.duration = 1_500;
        try (StreamRun run = StreamRun.onRealServer(continued, "limit.historyCount.suggestContinueAsNew=80")) {
            WorkflowStub stub = run.start();
            String first = Objects.requireNonNull(stub.getExecution()).getRunId();
            stub.getResult(StreamStatus.class);
            HISTORIES.save("resumed", history(run, run.workflowId(), ""));
            HISTORIES.save("continued", history(run, run.workflowId(), first));
        }
    }

    private static void record(String name, FakeWorld world, Scenario scenario) throws Exception {
        record(name, world, StreamOptions.DEFAULTS, scenario);
    }

    private static void record(String name, FakeWorld world, StreamOptions options, Scenario scenario)
            throws Exception {
        if (!isWanted(name)) {
            return;
        }
        try (StreamRun run = StreamRun.onRealServer(world).with(options)) {
            WorkflowStub stub = run.start();
            scenario.play(stub);
            stub.getResult(StreamStatus.class);
            HISTORIES.save(name, history(run, run.workflowId(), ""));
        }
    }

    /** By {@code -Drecord.histories=name}; all without a name. */
    private static boolean isWanted(String name) {
        String only = System.getProperty("record.histories", "");
        return only.isEmpty() || only.equals("true") || only.equals(name);
    }

    private static WorkflowExecutionHistory history(StreamRun run, String workflowId, String runId) {
        return run.environment().getWorkflowClient().fetchHistory(workflowId, runId.isEmpty() ? null : runId);
    }

    private interface Scenario {
        void play(WorkflowStub stub) throws Exception;
    }
}
