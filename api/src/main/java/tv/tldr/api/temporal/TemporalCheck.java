package tv.tldr.api.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.api.WorkersAtWork;
import tv.tldr.api.ops.CheckResult;
import tv.tldr.api.ops.HealthCheck;
import tv.tldr.workflows.QueueWorkers;
import tv.tldr.workflows.TaskQueues;

/** Does Temporal answer, and does anybody work on the queues that are always needed? What the model is asked waits in another one. */
@Component
final class TemporalCheck implements HealthCheck {
    private static final long PATIENCE_MILLIS = 1500;
    private static final Map<String, TaskQueueType> ALWAYS = new TreeMap<>(Map.of(
            TaskQueues.STREAMS, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
            TaskQueues.MEDIA, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
            TaskQueues.DELIVERIES, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW));

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

    @Override
    public String said(Throwable failure) {
        if (!(failure instanceof StatusRuntimeException refused)) {
            return "Temporal does not answer as it should";
        }
        return switch (refused.getStatus().getCode()) {
            case UNAVAILABLE -> "Temporal does not answer: nobody is there";
            case DEADLINE_EXCEEDED -> "Temporal does not answer in time";
            case NOT_FOUND -> "Temporal has no namespace " + client.getOptions().getNamespace();
            case UNAUTHENTICATED, PERMISSION_DENIED -> "Temporal does not let the program in";
            default -> "Temporal does not answer as it should";
        };
    }

    private CheckResult ask() {
        String namespace = client.getOptions().getNamespace();
        stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                .setNamespace(namespace)
                .build());
        List<String> idle = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        ALWAYS.forEach((queue, type) -> {
            QueueWorkers workers = workers(namespace, queue, type);
            if (workers.polling().isEmpty()) {
                if (!new WorkersAtWork(stub(), namespace, Instant.EPOCH).isAnyIn(queue)) {
                    idle.add(queue);
                }
            } else if (workers.given() == 0) {
                unused.add(queue);
            }
        });
        if (!idle.isEmpty()) {
            return CheckResult.degraded(
                    "no worker polls " + String.join(", ", idle), "Start a process whose workers are enabled.");
        }
        return unused.isEmpty()
                ? CheckResult.up("namespace " + namespace + "; streams, media and deliveries have workers")
                : CheckResult.degraded(
                        "the workers that poll " + String.join(", ", unused) + " are of a build that is not current",
                        "Make their build current: ./tldr doctor --only temporal-version has the command.");
    }

    private QueueWorkers workers(String namespace, String queue, TaskQueueType type) {
        return QueueWorkers.of(stub().describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                .setNamespace(namespace)
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .build()));
    }

    private WorkflowServiceBlockingStub stub() {
        return client.getWorkflowServiceStubs()
                .blockingStub()
                .withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
