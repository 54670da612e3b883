package tv.tldr.workflows.recut;

import static org.assertj.core.api.Assertions.assertThat;

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
import tv.tldr.workflows.TaskQueues;

/**
 * Can every recorded way of cutting a clip anew still be replayed by today's code? A history is recorded by {@code ./tldr
 * test -pl workflows -Dtest=RecutReplayTest -Drecord.histories}.
 */
class RecutReplayTest {
    private static final Histories HISTORIES = Histories.in("recut-histories");

    static List<Path> histories() throws IOException {
        return HISTORIES.files();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(Path history) throws Exception {
        try (RecutRun run = new RecutRun()) {
            WorkflowReplayer.replayWorkflowExecution(
                    Histories.read(history),
                    run.environment().getWorkerFactory().getWorker(TaskQueues.STREAMS));
        }
    }

    @Test
    void thereIsAHistoryOfEachWay() throws IOException {
        assertThat(HISTORIES.names()).containsExactly("completed.json", "failed.json");
    }

    @Test
    @EnabledIfSystemProperty(named = "record.histories", matches = ".*")
    void record() throws IOException {
        try (RecutRun run = new RecutRun()) {
            run.world().failFirst(1);
            save("completed", run);
        }
        try (RecutRun run = new RecutRun()) {
            run.world().failForGood();
            save("failed", run);
        }
    }

    private static void save(String name, RecutRun run) throws IOException {
        WorkflowStub recut = run.start();
        recut.getResult(Boolean.class);
        String id = Objects.requireNonNull(recut.getExecution()).getWorkflowId();
        HISTORIES.save(name, run.environment().getWorkflowClient().fetchHistory(id));
    }
}
