package tv.tldr.workflows.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tv.tldr.workflows.Histories;

/**
 * Can every recorded life of a delivery still be replayed by today's code? A history is recorded by {@code ./tldr test -pl
 * workflows -Dtest=DeliveryReplayTest -Drecord.histories}.
 */
class DeliveryReplayTest {
    private static final Histories HISTORIES = Histories.in("delivery-histories");

    static List<Path> histories() throws IOException {
        return HISTORIES.files();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(Path history) throws Exception {
        WorkflowReplayer.replayWorkflowExecution(Histories.read(history), DeliveryWorkflowImpl.class);
    }

    @Test
    void thereIsAHistoryOfEachWay() throws IOException {
        assertThat(HISTORIES.names()).containsExactly("delivered.json", "retried.json");
    }

    @Test
    @EnabledIfSystemProperty(named = "record.histories", matches = ".*")
    void record() throws IOException {
        try (DeliveryRun run = new DeliveryRun()) {
            save("delivered", run);
        }
        try (DeliveryRun run = new DeliveryRun()) {
            run.receiver().crash(1);
            run.receiver().failFor(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofDays(1));
            save("retried", run);
        }
    }

    private static void save(String name, DeliveryRun run) throws IOException {
        WorkflowStub delivery = run.start();
        delivery.getResult(String.class);
        String id = Objects.requireNonNull(delivery.getExecution()).getWorkflowId();
        HISTORIES.save(name, run.environment().getWorkflowClient().fetchHistory(id));
    }
}
