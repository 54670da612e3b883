package tv.tldr.api;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.time.Instant;
import java.util.List;

/**
 * Is somebody at work for a queue of whom nobody is seen to ask for its tasks? Who has no slot free asks for none: a worker that
 * records two broadcasts on two cores is silent for hours, and Temporal does not name it any more.
 *
 * @param temporal to be asked, within its deadline
 * @param since when a worker has to have given a sign of life; Temporal itself gives up on one after some seconds without
 */
public record WorkersAtWork(WorkflowServiceBlockingStub temporal, String namespace, Instant since) {
    /** Only activities of streams last so long. */
    private static final String UNDER_WAY = "ExecutionStatus = 'Running' AND StreamStatus = 'processing'";

    private static final int MOST = 50;

    /** Looks at some of the streams that are under way. */
    public boolean isAnyIn(String queue) {
        return underWay().stream()
                .flatMap(stream -> pending(stream).stream())
                .anyMatch(activity -> isAt(activity, queue));
    }

    private List<WorkflowExecution> underWay() {
        try {
            return temporal
                    .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                            .setNamespace(namespace)
                            .setQuery(UNDER_WAY)
                            .setPageSize(MOST)
                            .build())
                    .getExecutionsList()
                    .stream()
                    .map(execution -> execution.getExecution())
                    .toList();
        } catch (StatusRuntimeException refused) {
            // It does not know what streams are marked with, so that there are none.
            if (refused.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
                return List.of();
            }
            throw refused;
        }
    }

    private List<PendingActivityInfo> pending(WorkflowExecution stream) {
        return temporal.describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(stream)
                        .build())
                .getPendingActivitiesList();
    }

    private boolean isAt(PendingActivityInfo activity, String queue) {
        return activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
                && activity.getActivityOptions().getTaskQueue().getName().equals(queue)
                && (isSince(activity.getLastHeartbeatTime()) || isSince(activity.getLastStartedTime()));
    }

    private boolean isSince(Timestamp moment) {
        return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos()).isAfter(since);
    }
}
