package tv.tldr.api.temporal;

import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.spring.boot.WorkerOptionsCustomizer;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tv.tldr.workflows.TaskQueues;

/**
 * How much work does a process, or the whole cluster, take at a time? As many FFmpeg jobs as cores: one more would only make
 * each of them slower. Questions to the model are begun at the
 * rate that its provider allows: few have to wait for their turn.
 */
@Component
final class WorkerSlots implements WorkerOptionsCustomizer {
    /** What is left is for second tries, which are requests, too. */
    private static final double USED_SHARE = 0.8;

    private static final double MINUTE = 60;
    private static final int DELIVERIES_AT_ONCE = 1000;
    /** An activity hears with a heartbeat that its stream is stopped, and Temporal's library sends them seldom of itself. */
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(2);

    private final TemporalProperties properties;

    WorkerSlots(TemporalProperties properties) {
        this.properties = properties;
    }

    @Override
    public WorkerOptions.Builder customize(WorkerOptions.Builder options, String workerName, String taskQueue) {
        options.setMaxHeartbeatThrottleInterval(BETWEEN_HEARTBEATS);
        if (!properties.buildId().isEmpty()) {
            options.setDeploymentOptions(WorkerDeploymentOptions.newBuilder()
                    .setVersion(new WorkerDeploymentVersion(TaskQueues.DEPLOYMENT, properties.buildId()))
                    .setUseVersioning(true)
                    // Whatever does not say otherwise may last.
                    .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
                    .build());
        }
        if (!properties.queues().contains(taskQueue)) {
            return options.setMaxConcurrentWorkflowTaskExecutionSize(0)
                    .setMaxConcurrentActivityExecutionSize(0)
                    .setWorkerTuner(ClosedSlots.tuner());
        }
        return switch (taskQueue) {
            case TaskQueues.MEDIA -> options.setMaxConcurrentActivityExecutionSize(mediaSlots());
            case TaskQueues.ANALYSIS ->
                options.setMaxConcurrentActivityExecutionSize(properties.questionSlots())
                        .setMaxTaskQueueActivitiesPerSecond(USED_SHARE * properties.questionsAMinute() / MINUTE);
            // Hardly any of them works: they wait for others to answer.
            case TaskQueues.DELIVERIES -> options.setMaxConcurrentActivityExecutionSize(DELIVERIES_AT_ONCE);
            default -> options;
        };
    }

    private int mediaSlots() {
        return properties.mediaSlots() > 0
                ? properties.mediaSlots()
                : Runtime.getRuntime().availableProcessors();
    }
}
