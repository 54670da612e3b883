package tv.tldr.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.temporal.api.deployment.v1.WorkerDeploymentOptions;
import io.temporal.api.deployment.v1.WorkerDeploymentVersion;
import io.temporal.api.enums.v1.WorkerVersioningMode;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueueVersioningInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueueWorkersTest {
    private static final TaskQueueVersioningInfo NONE_IS_CURRENT = TaskQueueVersioningInfo.getDefaultInstance();
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    @Test
    void withoutBuildsWhoeverAsksIsGivenWork() {
        assertThat(workers(NONE_IS_CURRENT, "", "").given()).isEqualTo(2);
        assertThat(workers(NONE_IS_CURRENT).given()).isZero();
    }

    @Test
    void aBuildIsGivenNothingBeforeItIsCurrent() {
        assertThat(workers(NONE_IS_CURRENT, "new").given()).isZero();
        assertThat(workers(current("new"), "new", "new", "old").given()).isEqualTo(2);
        assertThat(workers(current("newer"), "new").given()).isZero();
    }

    @Test
    void workersWithoutABuildAreGivenNothingBesideACurrentOne() {
        assertThat(workers(current("new"), "", "").given()).isZero();
    }

    @Test
    void whileWorkGoesToTwoBuildsBothAreNeeded() {
        TaskQueueVersioningInfo ramping = current("old").toBuilder()
                .setRampingDeploymentVersion(version("new"))
                .setRampingVersionPercentage(10)
                .build();
        assertThat(workers(ramping, "old", "old", "new").given()).isEqualTo(1);
        assertThat(workers(ramping, "old").given()).isZero();
        assertThat(workers(ramping, "new").given()).isZero();
        TaskQueueVersioningInfo whole =
                ramping.toBuilder().setRampingVersionPercentage(100).build();
        assertThat(workers(whole, "new").given()).isEqualTo(1);
    }

    @Test
    void whoHasNotAskedForLongIsGone() {
        List<PollerInfo> pollers = List.of(poller("", NOW.minusSeconds(100)), poller("", NOW.minusSeconds(10)));
        assertThat(new QueueWorkers(pollers, NONE_IS_CURRENT)
                        .since(NOW.minusSeconds(90))
                        .given())
                .isEqualTo(1);
    }

    private static QueueWorkers workers(TaskQueueVersioningInfo routing, String... builds) {
        Stream<PollerInfo> pollers = Arrays.stream(builds).map(build -> poller(build, NOW));
        return new QueueWorkers(pollers.toList(), routing);
    }

    private static TaskQueueVersioningInfo current(String build) {
        return TaskQueueVersioningInfo.newBuilder()
                .setCurrentDeploymentVersion(version(build))
                .build();
    }

    private static WorkerDeploymentVersion version(String build) {
        return WorkerDeploymentVersion.newBuilder()
                .setDeploymentName("tldr")
                .setBuildId(build)
                .build();
    }

    private static PollerInfo poller(String build, Instant asked) {
        WorkerDeploymentOptions.Builder options = WorkerDeploymentOptions.newBuilder();
        if (!build.isEmpty()) {
            options.setDeploymentName("tldr")
                    .setBuildId(build)
                    .setWorkerVersioningMode(WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED);
        }
        return PollerInfo.newBuilder()
                .setDeploymentOptions(options)
                .setLastAccessTime(Timestamp.newBuilder().setSeconds(asked.getEpochSecond()))
                .build();
    }
}
