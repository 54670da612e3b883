package tv.tldr.workflows;

import io.temporal.api.enums.v1.TaskQueueType;
import java.util.List;

/** Which tasks of which queue does somebody have to poll? Temporal keeps those of workflows and those of activities apart. */
public record QueueTasks(String queue, TaskQueueType type) {
    /** All that this program has. */
    public static final List<QueueTasks> ALL = List.of(
            workflows(TaskQueues.STREAMS),
            activities(TaskQueues.STREAMS),
            activities(TaskQueues.MEDIA),
            activities(TaskQueues.ANALYSIS),
            workflows(TaskQueues.DELIVERIES),
            activities(TaskQueues.DELIVERIES));

    /** {@code workflow} or {@code activity}. */
    public String kind() {
        return type == TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW ? "workflow" : "activity";
    }

    private static QueueTasks workflows(String queue) {
        return new QueueTasks(queue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW);
    }

    private static QueueTasks activities(String queue) {
        return new QueueTasks(queue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY);
    }
}
