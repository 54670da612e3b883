package tv.tldr.api.temporal;

import io.grpc.Context;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.Priority;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.workflows.TaskQueues;
import tv.tldr.workflows.WorkflowIds;
import tv.tldr.workflows.batch.BatchInput;
import tv.tldr.workflows.event.DeliveryInput;
import tv.tldr.workflows.event.DeliveryWorkflow;
import tv.tldr.workflows.recut.RecutInput;
import tv.tldr.workflows.recut.RecutWorkflow;
import tv.tldr.workflows.stream.StreamAttributes;
import tv.tldr.workflows.stream.StreamInput;
import tv.tldr.workflows.stream.StreamState;
import tv.tldr.workflows.stream.StreamStatus;
import tv.tldr.workflows.stream.StreamWorkflow;

/** How does the reactive side start and stop workflows? Every call ends within its deadline, whatever Temporal does. */
@Component
public final class WorkflowGateway implements DisposableBean {
    private static final ContextSnapshotFactory SNAPSHOTS =
            ContextSnapshotFactory.builder().build();
    private static final Duration GRACE = Duration.ofMillis(250);

    private final WorkflowClient client;
    private final TemporalProperties properties;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    public WorkflowGateway(WorkflowClient client, TemporalProperties properties) {
        this.client = client;
        this.properties = properties;
    }

    /** What became of a stop? */
    public enum StopAnswer {
        /** The workflow knows and will end. */
        NOTED,
        /** The workflow is past stopping: it is writing down its end, whatever that is. */
        ENDING,
        /** No workflow of that stream is running: it was never started, or it has ended. */
        NOT_RUNNING
    }

    /**
     * Completes when the stream's workflow was started, now or ever before: started twice, it runs once.
     *
     * @return fails with {@link TemporalAwayException} when it may work later, else with Temporal's own refusal
     */
    public Mono<Void> start(StreamInput input, boolean live) {
        return ask(properties.startDeadline(), () -> {
                    try {
                        WorkflowClient.start(stub(input, live)::run, input);
                        return true;
                    } catch (WorkflowExecutionAlreadyStarted before) {
                        return true;
                    }
                })
                .then();
    }

    /**
     * Asks the stream's workflow to end; answers when that is noted, not when it is done.
     *
     * @param force keep only what is cut already
     * @return fails with {@link TemporalAwayException} when neither server nor worker answers
     */
    public Mono<StopAnswer> stop(String workflowId, boolean force) {
        return ask(properties.updateDeadline(), () -> {
            try {
                client.newWorkflowStub(StreamWorkflow.class, workflowId).stop(force);
                return StopAnswer.NOTED;
            } catch (WorkflowNotFoundException ended) {
                return StopAnswer.NOT_RUNNING;
            } catch (WorkflowUpdateException rejected) {
                return describe(workflowId) instanceof WorkflowFate.Alive ? StopAnswer.ENDING : StopAnswer.NOT_RUNNING;
            }
        });
    }

    /**
     * Makes the batch's workflow look how far its streams are; starts one when none is running, which goes on from what the
     * database says.
     *
     * @return fails with {@link TemporalAwayException} when it may work later
     */
    public Mono<Void> wake(BatchInput input) {
        return ask(properties.startDeadline(), () -> {
                    WorkflowStub stub = client.newUntypedWorkflowStub("BatchWorkflow", batch(input));
                    stub.signalWithStart("look", new Object[0], new Object[] {input});
                    return true;
                })
                .then();
    }

    /**
     * Completes when the clip's workflow runs: one that was lost or ended from outside is started again.
     *
     * @return fails with {@link TemporalAwayException} when it may work later
     */
    Mono<Void> recut(RecutInput input) {
        return ask(properties.startDeadline(), () -> {
                    WorkflowClient.start(client.newWorkflowStub(RecutWorkflow.class, options(input))::run, input);
                    return true;
                })
                .then();
    }

    /**
     * Completes when the delivery's workflow runs: one that was lost or ended from outside is started again, and goes on from
     * what the database says.
     *
     * @return fails with {@link TemporalAwayException} when it may work later
     */
    Mono<Void> deliver(DeliveryInput input) {
        return ask(properties.startDeadline(), () -> {
                    WorkflowClient.start(client.newWorkflowStub(DeliveryWorkflow.class, options(input))::run, input);
                    return true;
                })
                .then();
    }

    /**
     * What all have: one run of an id at a time, and each organization its fair share of the workers.
     *
     * @param fair among which they share, usually the organization
     */
    private static WorkflowOptions.Builder options(String workflowId, String fair) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.STREAMS)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setPriority(Priority.newBuilder().setFairnessKey(fair).build());
    }

    /** Each endpoint its fair share: one that has much to be told does not stand before another one. */
    private static WorkflowOptions options(DeliveryInput input) {
        return options(
                        WorkflowIds.delivery(input.deliveryId(), input.run()),
                        input.webhookId().toString())
                .setTaskQueue(TaskQueues.DELIVERIES)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary("to " + input.webhookId())
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(
                                StreamAttributes.ORGANIZATION_ID,
                                input.organizationId().toString())
                        .build())
                .build();
    }

    private static WorkflowOptions options(RecutInput input) {
        String organization = input.stream().organizationId().toString();
        return options(WorkflowIds.recut(input.highlightId(), input.version()), organization)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary(WorkflowSummary.line(input))
                .setStaticDetails(WorkflowSummary.details(input))
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(StreamAttributes.ORGANIZATION_ID, organization)
                        .build())
                .build();
    }

    private static WorkflowOptions batch(BatchInput input) {
        String organization = input.batch().organizationId().toString();
        return options(WorkflowIds.batch(input.batch().batchId()), organization)
                // What one that was lost or ended from outside has left is in the database.
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setStaticSummary("at most " + input.parallelLimit() + " streams at a time")
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(StreamAttributes.ORGANIZATION_ID, organization)
                        .build())
                .build();
    }

    /**
     * Looks what has become of the stream's workflow.
     *
     * @return fails with {@link TemporalAwayException} when Temporal cannot tell now
     */
    Mono<WorkflowFate> look(String workflowId) {
        return ask(properties.startDeadline(), () -> describe(workflowId));
    }

    private WorkflowFate describe(String workflowId) {
        try {
            return WorkflowFate.of(client.newUntypedWorkflowStub(workflowId).describe());
        } catch (WorkflowNotFoundException unknown) {
            return new WorkflowFate.Missing();
        }
    }

    private StreamWorkflow stub(StreamInput input, boolean live) {
        String organization = input.stream().organizationId().toString();
        String platform = input.source().platform().wire();
        WorkflowOptions options = options(WorkflowIds.stream(input.stream().streamId(), input.analysis()), organization)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setStaticSummary(WorkflowSummary.line(input))
                .setStaticDetails(WorkflowSummary.details(input))
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(StreamAttributes.ORGANIZATION_ID, organization)
                        .set(StreamAttributes.STREAM_STATUS, status(input).wire())
                        .set(StreamAttributes.PLATFORM, platform)
                        .set(StreamAttributes.IS_LIVE, live)
                        .set(StreamAttributes.HIGHLIGHT_COUNT, highlights(input.done()))
                        .build())
                .build();
        return client.newWorkflowStub(StreamWorkflow.class, options);
    }

    /** A workflow that goes on from a recording does not tell again that the stream has started, unless it is another analysis. */
    private static StreamStatus status(StreamInput input) {
        return input.done().recording() == null || input.analysis() > 1
                ? StreamStatus.PENDING
                : StreamStatus.PROCESSING;
    }

    private static long highlights(StreamState done) {
        return done.highlights() == null ? 0 : done.highlights().size();
    }

    private <T> Mono<T> ask(Duration deadline, Callable<T> call) {
        return Mono.deferContextual(context -> Mono.fromCallable(() -> {
                    // On another thread, for the same request: its trace goes on in the workflow.
                    try (ContextSnapshot.Scope _ = SNAPSHOTS.setThreadLocalsFrom(context)) {
                        return within(deadline, call);
                    }
                }))
                .subscribeOn(Schedulers.boundedElastic())
                // The deadline ends the call itself; this ends a wait for a free thread.
                .timeout(deadline.plus(GRACE))
                .flatMap(Outcome::toMono)
                .onErrorMap(TemporalAwayException::recognise);
    }

    private <T> Outcome<T> within(Duration deadline, Callable<T> call) {
        try (Context.CancellableContext context =
                Context.current().withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS, deadlines)) {
            return new Outcome<>(Mono.just(context.call(call)));
        } catch (Exception failure) {
            return new Outcome<>(Mono.error(failure));
        }
    }

    /** A failure as a value: one that comes when nobody waits any more is dropped like any other late answer. */
    private record Outcome<T>(Mono<T> toMono) {}

    @Override
    public void destroy() {
        deadlines.shutdownNow();
    }
}
