package tv.tldr.api.temporal;

import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.api.ops.CheckResult;
import tv.tldr.api.ops.HealthCheck;
import tv.tldr.workflows.TaskQueues;

/** Does Temporal answer, and does anybody work on the queues that are always needed? What the model is asked waits in another one. */
@Component
final class TemporalCheck implements HealthCheck {
    private static final long PATIENCE_MILLIS = 1500;

    private final WorkflowClient client;

    TemporalCheck(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public String name() {
        return "temporal";
    }

    @Override
    public String hint() {
        return "Look whether the Temporal server runs and TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are right; "
                + "streams that are submitted meanwhile start when it is back.";
    }

    @Override
    public Mono<CheckResult> check() {
        return Mono.fromCallable(this::ask).subscribeOn(Schedulers.boundedElastic());
    }

    private CheckResult ask() {
        String namespace = client.getOptions().getNamespace();
        stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                .setNamespace(namespace)
                .build());
        List<String> idle = new ArrayList<>();
        if (!isPolled(namespace, TaskQueues.STREAMS, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)) {
            idle.add(TaskQueues.STREAMS);
        }
        if (!isPolled(namespace, TaskQueues.MEDIA, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)) {
            idle.add(TaskQueues.MEDIA);
        }
        if (!isPolled(namespace, TaskQueues.DELIVERIES, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)) {
            idle.add(TaskQueues.DELIVERIES);
        }
        return idle.isEmpty()
                ? CheckResult.up("namespace " + namespace + "; streams, media and deliveries have workers")
                : CheckResult.degraded(
                        "no worker polls " + String.join(", ", idle), "Start a process whose workers are enabled.");
    }

    private boolean isPolled(String namespace, String queue, TaskQueueType type) {
        return stub().describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                                .setNamespace(namespace)
                                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                                .setTaskQueueType(type)
                                .build())
                        .getPollersCount()
                > 0;
    }

    private WorkflowServiceBlockingStub stub() {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
