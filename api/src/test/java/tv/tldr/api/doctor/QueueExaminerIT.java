package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.RateLimit;
import io.temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest;
import io.temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest.RateLimitUpdate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tv.tldr.api.TestTemporal;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.TaskQueues;

/** The queue of the model, seen by somebody whose settings have no key for it: those of the workers may have one. */
class QueueExaminerIT {
    @Test
    void theQueueOfTheModelIsLookedAtWithoutAKeyTooAndWantsNoWorkersThen() {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        try (TestTemporal server = TestTemporal.start(TestTemporal.freePort());
                Temporal temporal = Temporal.of(patient(server.target(), ""))) {
            assertThat(findings(temporal, "")).singleElement().satisfies(nobody -> assertThat(nobody.evidence())
                    .isEqualTo("nobody polls streams, media, deliveries"));
            assertThat(findings(temporal, "a key")).singleElement().satisfies(nobody -> assertThat(nobody.evidence())
                    .isEqualTo("nobody polls streams, media, analysis, deliveries"));

            hold(temporal, TaskQueues.ANALYSIS);

            await().untilAsserted(() -> assertThat(findings(temporal, ""))
                    .filteredOn(finding -> finding.check().id().equals("temporal-held"))
                    .singleElement()
                    .satisfies(held -> assertThat(held.evidence()).startsWith("analysis hands out no activities")));
        }
    }

    private static List<Finding> findings(Temporal temporal, String key) {
        Chart chart = new Chart();
        new QueueExaminer(patient(temporal.address(), key), Limits.USUAL, temporal).examine(chart);
        return chart.findings();
    }

    private static Patient patient(String temporal, String key) {
        Map<String, String> settings = Map.of(Setting.TEMPORAL_ADDRESS, temporal, Setting.GEMINI_API_KEY, key);
        return Patient.within(new Home(Path.of("nowhere")), settings, () -> 0);
    }

    private static void hold(Temporal temporal, String queue) {
        temporal.workflows()
                .updateTaskQueueConfig(UpdateTaskQueueConfigRequest.newBuilder()
                        .setNamespace(temporal.namespace())
                        .setTaskQueue(queue)
                        .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                        .setUpdateQueueRateLimit(RateLimitUpdate.newBuilder()
                                .setRateLimit(RateLimit.newBuilder().setRequestsPerSecond(0)))
                        .build());
    }
}
