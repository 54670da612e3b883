package tv.tldr.workflows.event;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.PayloadLimit;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.activity.DeliveryActivities;

/** One delivery to a receiver that is made up, on a server with skipped time. */
final class DeliveryRun implements AutoCloseable {
    static final DeliveryInput INPUT = new DeliveryInput(
            new OrganizationId(UUID.fromString("01900000-0000-7000-8000-000000000001")),
            new WebhookId(UUID.fromString("01900000-0000-7000-8000-000000000002")),
            new DeliveryId(UUID.fromString("01900000-0000-7000-8000-000000000003")),
            1);

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(PayloadLimit.clientOptions())
                    .build());
    private final Receiver receiver = new Receiver();

    /** Answers as the test says, and then that it has arrived. */
    final class Receiver implements DeliveryActivities {
        private final Deque<Duration> waits = new ArrayDeque<>();
        private final List<Long> times = new ArrayList<>();
        private int crashes;

        @Override
        public synchronized Attempted attemptDelivery(DeliveryInput delivery) {
            if (crashes-- > 0) {
                throw ApplicationFailure.newFailure("the database is away", "SERVICE_UNAVAILABLE");
            }
            times.add(environment.currentTimeMillis());
            @Nullable Duration wait = waits.poll();
            return new Attempted(wait, wait == null ? "It has arrived." : "Answered 500.");
        }

        synchronized void failFor(Duration... gaps) {
            waits.addAll(List.of(gaps));
        }

        synchronized void crash(int times) {
            crashes = times;
        }

        /** Milliseconds between the attempts. */
        synchronized List<Long> gaps() {
            List<Long> gaps = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                gaps.add(times.get(i) - times.get(i - 1));
            }
            return gaps;
        }
    }

    DeliveryRun() {
        environment
                .newWorker(
                        TaskQueues.DELIVERIES,
                        WorkerOptions.newBuilder()
                                .setDefaultDeadlockDetectionTimeout(20_000)
                                .build())
                .registerWorkflowImplementationTypes(DeliveryWorkflowImpl.class);
        environment.getWorkerFactory().getWorker(TaskQueues.DELIVERIES).registerActivitiesImplementations(receiver);
        environment.start();
    }

    Receiver receiver() {
        return receiver;
    }

    WorkflowStub start() {
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "DeliveryWorkflow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.DELIVERIES)
                                .setWorkflowId(WorkflowIds.delivery(INPUT.deliveryId(), INPUT.run()))
                                .build());
        stub.start(INPUT);
        return stub;
    }

    TestWorkflowEnvironment environment() {
        return environment;
    }

    @Override
    public void close() {
        environment.close();
    }
}
