package tv.tldr.workflows.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.Test;

class BatchWorkflowTest {
    @Test
    void keepsToItsLimitAndEndsWhenAllHaveWhicheverWay() {
        FakeBatchWorld world = new FakeBatchWorld(10);
        try (BatchRun run = BatchRun.onSkippedTime(world, 3)) {
            WorkflowStub batch = run.start();
            for (int i = 0; i < 10; i++) {
                boolean well = i % 3 != 0;
                await().until(() -> world.end(well));
                batch.signal("look");
            }

            BatchCounts end = batch.getResult(BatchCounts.class);

            assertThat(end).isEqualTo(new BatchCounts(0, 0, 6, 4, 0, 0, false));
            assertThat(world.mostOpen()).isEqualTo(3);
            assertThat(world.ends()).hasSize(1);
        }
    }

    @Test
    void looksByItselfWhenASignalIsLost() {
        FakeBatchWorld world = new FakeBatchWorld(2);
        try (BatchRun run = BatchRun.onSkippedTime(world, 1)) {
            WorkflowStub batch = run.start();
            await().until(() -> world.end(true));
            run.environment().sleep(java.time.Duration.ofMinutes(6));
            await().until(() -> world.end(true));
            run.environment().sleep(java.time.Duration.ofMinutes(6));

            assertThat(batch.getResult(BatchCounts.class).completed()).isEqualTo(2);
        }
    }

    @Test
    void stopsALongRestAPartAtATimeWithoutWaitingForSignals() {
        FakeBatchWorld world = new FakeBatchWorld(180);
        try (BatchRun run = BatchRun.onSkippedTime(world, 4)) {
            WorkflowStub batch = run.start();
            await().until(() -> world.open() == 4);
            world.stop();
            batch.signal("look");

            assertThat(batch.getResult(BatchCounts.class)).isEqualTo(new BatchCounts(0, 0, 0, 0, 180, 0, true));
            assertThat(world.looks()).isEqualTo(1 + 4);
            assertThat(world.ends()).hasSize(1);
        }
    }

    @Test
    void tellsHowFarItIs() {
        FakeBatchWorld world = new FakeBatchWorld(5);
        try (BatchRun run = BatchRun.onSkippedTime(world, 2)) {
            WorkflowStub batch = run.start();
            await().until(() -> world.end(false));
            batch.signal("look");

            await().until(() ->
                    new BatchCounts(2, 2, 0, 1, 0, 0, false).equals(batch.query("counts", BatchCounts.class)));
        }
    }
}
