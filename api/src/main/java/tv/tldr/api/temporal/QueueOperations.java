package tv.tldr.api.temporal;

import com.google.protobuf.Timestamp;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.RateLimit;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.taskqueue.v1.TaskQueueConfig;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest;
import io.temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest.RateLimitUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.api.WorkersAtWork;
import tv.tldr.workflows.QueueWorkers;
import tv.tldr.workflows.TaskQueues;

/** What may an operator see of a task queue, and do to it? Blocking calls, for commands. */
@Component
public final class QueueOperations {
    /** All that this program has. */
    public static final List<String> QUEUES =
            List.of(TaskQueues.STREAMS, TaskQueues.MEDIA, TaskQueues.ANALYSIS, TaskQueues.DELIVERIES);

    private final TemporalCalls calls;

    QueueOperations(TemporalCalls calls) {
        this.calls = calls;
    }

    public QueueState look(String queue) {
        DescribeTaskQueueResponse activities = describe(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY);
        TaskQueueConfig config = activities.getConfig();
        return new QueueState(
                queue,
                side(describe(queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)),
                side(activities),
                config.getQueueRateLimit().hasRateLimit()
                        ? (double) config.getQueueRateLimit().getRateLimit().getRequestsPerSecond()
                        : null,
                config.getQueueRateLimit().getMetadata().getReason());
    }

    /**
     * From now on no more activities of the queue are handed out in a second, to all workers together. Temporal has no such
     * limit for the tasks of workflows, which are decisions and end by themselves.
     *
     * @param perSecond 0: none; null: as its workers say, again
     */
    public void limit(String queue, @Nullable Double perSecond, String reason) {
        RateLimitUpdate.Builder update = RateLimitUpdate.newBuilder().setReason(reason);
        if (perSecond != null) {
            update.setRateLimit(RateLimit.newBuilder().setRequestsPerSecond(perSecond.floatValue()));
        }
        calls.ask(stub -> stub.updateTaskQueueConfig(UpdateTaskQueueConfigRequest.newBuilder()
                .setNamespace(calls.namespace())
                .setIdentity("tldr queue")
                .setTaskQueue(queue)
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                .setUpdateQueueRateLimit(update)
                .build()));
    }

    /** One kind of its tasks alone; waits for {@code patience} at most. */
    QueueState.Side look(String queue, TaskQueueType type, Duration patience) {
        return side(calls.ask(patience, stub -> stub.describeTaskQueue(question(queue, type))));
    }

    /** Whether somebody is at work for it; waits for {@code patience} at most. */
    boolean isAtWork(String queue, Duration patience) {
        return calls.ask(patience, stub -> new WorkersAtWork(stub, calls.namespace(), Instant.EPOCH).isAnyIn(queue));
    }

    private DescribeTaskQueueResponse describe(String queue, TaskQueueType type) {
        return calls.ask(stub -> stub.describeTaskQueue(question(queue, type)));
    }

    private DescribeTaskQueueRequest question(String queue, TaskQueueType type) {
        return DescribeTaskQueueRequest.newBuilder()
                .setNamespace(calls.namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .setReportStats(true)
                .setReportConfig(true)
                .build();
    }

    private static QueueState.Side side(DescribeTaskQueueResponse answer) {
        return new QueueState.Side(
                answer.getPollersList().stream()
                        .map(poller -> new QueueState.Poller(
                                poller.getIdentity(),
                                QueueWorkers.version(poller).getBuildId(),
                                instant(poller.getLastAccessTime()),
                                poller.getRatePerSecond()))
                        .toList(),
                QueueWorkers.of(answer).given(),
                answer.getStats().getApproximateBacklogCount(),
                Duration.ofSeconds(answer.getStats().getApproximateBacklogAge().getSeconds()),
                answer.getStats().getTasksAddRate(),
                answer.getStats().getTasksDispatchRate());
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
