package tv.tldr.workflows.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What only the real server shows: continue-as-new by its own suggestion. */
@Execution(ExecutionMode.CONCURRENT)
class BatchWorkflowIT {
    @Test
    void manyStreamsGoThroughShortRuns() {
        FakeBatchWorld world = new FakeBatchWorld(40);
        try (BatchRun run = BatchRun.onRealServer(
                world, 2, "limit.historyCount.suggestContinueAsNew=40", "limit.historyCount.error=200")) {
            WorkflowStub batch = run.start();
            String first = Objects.requireNonNull(batch.getExecution()).getRunId();
            for (int i = 0; i < 40; i++) {
                await().until(() -> world.end(true));
                batch.signal("look");
            }

            assertThat(batch.getResult(BatchCounts.class).completed()).isEqualTo(40);
            assertThat(world.mostOpen()).isEqualTo(2);
            assertThat(world.ends()).hasSize(1);
            assertThat(run.environment()
                            .getWorkflowClient()
                            .newUntypedWorkflowStub(run.workflowId())
                            .describe()
                            .getExecution()
                            .getRunId())
                    .isNotEqualTo(first);
        }
    }
}
