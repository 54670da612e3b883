package tv.tldr.api;

import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
import static io.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.activity.v1.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tv.tldr.workflows.QueueWorkers;

class WorkersAtWorkTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant SINCE = NOW.minus(QueueWorkers.SILENCE);

    private final Streams streams = new Streams();
    private Server server = InProcessServerBuilder.forName("streams").build();
    private ManagedChannel channel = InProcessChannelBuilder.forName("streams").build();

    @BeforeEach
    void start() throws IOException {
        server = InProcessServerBuilder.forName("streams")
                .directExecutor()
                .addService(streams)
                .build()
                .start();
        channel = InProcessChannelBuilder.forName("streams").directExecutor().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void whoIsAtAnActivityIsThereThoughItAsksForNoOther() {
        streams.pending = List.of(activity("media", PENDING_ACTIVITY_STATE_STARTED, NOW.minusSeconds(5)));

        assertThat(isAnyIn("media")).isTrue();
        assertThat(isAnyIn("analysis")).isFalse();
    }

    @Test
    void whoHasGivenNoSignOfLifeIsGone() {
        streams.pending = List.of(activity("media", PENDING_ACTIVITY_STATE_STARTED, NOW.minusSeconds(100)));

        assertThat(isAnyIn("media")).isFalse();
    }

    @Test
    void whatWaitsIsNobodysWork() {
        streams.pending = List.of(activity("media", PENDING_ACTIVITY_STATE_SCHEDULED, NOW));

        assertThat(isAnyIn("media")).isFalse();
    }

    @Test
    void whereStreamsAreNotMarkedThereAreNone() {
        streams.marked = false;

        assertThat(isAnyIn("media")).isFalse();
    }

    private boolean isAnyIn(String queue) {
        return new WorkersAtWork(WorkflowServiceGrpc.newBlockingStub(channel), "default", SINCE).isAnyIn(queue);
    }

    private static PendingActivityInfo activity(String queue, PendingActivityState state, Instant heardOf) {
        return PendingActivityInfo.newBuilder()
                .setState(state)
                .setActivityOptions(ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueue.newBuilder().setName(queue)))
                .setLastHeartbeatTime(Timestamp.newBuilder().setSeconds(heardOf.getEpochSecond()))
                .build();
    }

    /** A Temporal server with one stream under way. */
    private static final class Streams extends WorkflowServiceImplBase {
        private List<PendingActivityInfo> pending = List.of();
        private boolean marked = true;

        @Override
        public void listWorkflowExecutions(
                ListWorkflowExecutionsRequest request, StreamObserver<ListWorkflowExecutionsResponse> answer) {
            if (!marked) {
                answer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                return;
            }
            answer.onNext(ListWorkflowExecutionsResponse.newBuilder()
                    .addExecutions(WorkflowExecutionInfo.newBuilder()
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId("stream/stream_1")))
                    .build());
            answer.onCompleted();
        }

        @Override
        public void describeWorkflowExecution(
                DescribeWorkflowExecutionRequest request, StreamObserver<DescribeWorkflowExecutionResponse> answer) {
            answer.onNext(DescribeWorkflowExecutionResponse.newBuilder()
                    .addAllPendingActivities(pending)
                    .build());
            answer.onCompleted();
        }
    }
}
