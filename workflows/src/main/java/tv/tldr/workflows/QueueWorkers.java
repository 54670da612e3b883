package tv.tldr.workflows;

import static io.temporal.api.enums.v1.WorkerVersioningMode.WORKER_VERSIONING_MODE_VERSIONED;

import io.temporal.api.deployment.v1.WorkerDeploymentVersion;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueueVersioningInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks for the tasks of a queue, and is given any? Where workers have versions ({@code TEMPORAL_BUILD_ID}), those of the version
 * that work goes to, and nobody else.
 *
 * @param polling who asks, whether or not they are given anything
 * @param routing which version work goes to
 */
public record QueueWorkers(List<PollerInfo> polling, TaskQueueVersioningInfo routing) {
    /** Who has not asked for so long is gone, or has no slot free: others ask again after a minute at the latest. */
    public static final Duration SILENCE = Duration.ofSeconds(90);

    private static final float ALL = 100;

    public QueueWorkers {
        polling = List.copyOf(polling);
    }

    public static QueueWorkers of(DescribeTaskQueueResponse queue) {
        return new QueueWorkers(queue.getPollersList(), queue.getVersioningInfo());
    }

    /** Without those who have not asked since then: Temporal names a worker for minutes after it has gone. */
    public QueueWorkers since(Instant moment) {
        return new QueueWorkers(
                polling.stream()
                        .filter(poller -> Instant.ofEpochSecond(
                                        poller.getLastAccessTime().getSeconds(),
                                        poller.getLastAccessTime().getNanos())
                                .isAfter(moment))
                        .toList(),
                routing);
    }

    /** How many are given work; while it goes to two versions, of the one that has fewer. */
    public long given() {
        return wanted().stream()
                .mapToLong(version -> polling.stream()
                        .filter(poller -> version(poller).equals(version))
                        .count())
                .min()
                .orElse(0);
    }

    /** The versions of those who ask. */
    public Set<WorkerDeploymentVersion> versions() {
        return polling.stream().map(QueueWorkers::version).collect(Collectors.toSet());
    }

    /** The versions that work goes to: the current one, the one that is ramped up to, or both. */
    public Set<WorkerDeploymentVersion> wanted() {
        Set<WorkerDeploymentVersion> wanted = new LinkedHashSet<>();
        if (routing.getRampingVersionPercentage() < ALL) {
            wanted.add(routing.getCurrentDeploymentVersion());
        }
        if (routing.getRampingVersionPercentage() > 0) {
            wanted.add(routing.getRampingDeploymentVersion());
        }
        return wanted;
    }

    /** Of one who asks; without a name: it has none, as all workers without a build id. */
    public static WorkerDeploymentVersion version(PollerInfo poller) {
        return poller.getDeploymentOptions().getWorkerVersioningMode() == WORKER_VERSIONING_MODE_VERSIONED
                ? WorkerDeploymentVersion.newBuilder()
                        .setDeploymentName(poller.getDeploymentOptions().getDeploymentName())
                        .setBuildId(poller.getDeploymentOptions().getBuildId())
                        .build()
                : WorkerDeploymentVersion.getDefaultInstance();
    }
}
