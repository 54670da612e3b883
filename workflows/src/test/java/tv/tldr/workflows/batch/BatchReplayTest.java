package tv.tldr.workflows.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
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

/**
 * Can every recorded life of a batch still be replayed by today's code? A history is recorded by
 * {@code ./tldr test -pl workflows -Dtest=BatchReplayTest -Drecord.histories}.
 */
class BatchReplayTest {
    private static final Histories HISTORIES = Histories.in("batch-histories");

    static List<Path> histories() throws IOException {
        return HISTORIES.files();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(Path history) throws Exception {
        WorkflowReplayer.replayWorkflowExecution(Histories.read(history), BatchWorkflowImpl.class);
    }

    @Test
    void thereIsAHistoryOfEachWay() throws IOException {
        assertThat(HISTORIES.names()).containsExactly("cancelled.json", "completed.json", "continued.json");
    }

    @Test
    @EnabledIfSystemProperty(named = "record.histories", matches = ".*")
    void record() throws IOException {
        FakeBatchWorld completed = new FakeBatchWorld(5);
        try (BatchRun run = BatchRun.onRealServer(completed, 2)) {
            endAll(completed, 5, run.start());
            save("completed", run, "");
        }
        FakeBatchWorld cancelled = new FakeBatchWorld(120);
        try (BatchRun run = BatchRun.onRealServer(cancelled, 2)) {
            WorkflowStub batch = run.start();
            await().until(() -> cancelled.end(false));
            cancelled.stop();
            batch.signal("look");
            batch.getResult(BatchCounts.class);
            save("cancelled", run, "");
        }
        FakeBatchWorld continued = new FakeBatchWorld(20);
        try (BatchRun run = BatchRun.onRealServer(continued, 2, "limit.historyCount.suggestContinueAsNew=40")) {
            WorkflowStub batch = run.start();
            String first = Objects.requireNonNull(batch.getExecution()).getRunId();
            endAll(continued, 20, batch);
            save("continued", run, first);
        }
    }

    private static void endAll(FakeBatchWorld world, int streams, WorkflowStub batch) {
        for (int i = 0; i < streams; i++) {
            await().until(() -> world.end(true));
            batch.signal("look");
        }
        batch.getResult(BatchCounts.class);
    }

    private static void save(String name, BatchRun run, String runId) throws IOException {
        HISTORIES.save(
                name,
                run.environment().getWorkflowClient().fetchHistory(run.workflowId(), runId.isEmpty() ? null : runId));
    }
}
