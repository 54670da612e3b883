package tv.tldr.api.temporal;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.enums.v1.PendingWorkflowTaskState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tv.tldr.workflows.stream.StreamAttributes;

/** What may an operator see of workflows, and do to them, past the API? Blocking calls, for commands. */
@Component
public final class WorkflowOperations {
    private static final String IDENTITY = "tldr";
    private static final int PAGE = 200;

    private final TemporalCalls calls;

    WorkflowOperations(TemporalCalls calls) {
        this.calls = calls;
    }

    /** From where is a workflow done again? */
    public enum Point {
        /** Its beginning: what is stored is found, and not done again. */
        FIRST,
        /** Its last decision. */
        LAST
    }

    /** Empty when Temporal has none of that id, or none any more. */
    public Optional<WorkflowReport> describe(String workflowId) {
        try {
            DescribeWorkflowExecutionResponse answer =
                    calls.ask(stub -> stub.describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(calls.namespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build()));
            return Optional.of(report(answer));
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * Ids of workflows, the newest first.
     *
     * @param query as Temporal's lists take it, such as {@code ExecutionStatus = 'Running'}
     */
    public List<String> find(String query, int limit) {
        return calls.list(query, limit).stream()
                .map(each -> each.getExecution().getWorkflowId())
                .distinct()
                .limit(limit)
                .toList();
    }

    /** Ends it at once: it does not get to write anything. Nothing happens when it has ended. */
    public void terminate(WorkflowReport workflow, String reason) {
        try {
            calls.ask(stub -> stub.terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                    .setNamespace(calls.namespace())
                    .setWorkflowExecution(execution(workflow))
                    .setReason(reason)
                    .setIdentity(IDENTITY)
                    .build()));
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw refused;
            }
        }
    }

    /**
     * Has the workflow done again from a point on, in a run of its own; the one that runs is ended.
     *
     * @return the new run's id; empty when nothing of it was decided yet, so that there is nothing to go back to
     */
    public Optional<String> reset(WorkflowReport workflow, Point point, String reason) {
        return decided(workflow, point)
                .map(event -> calls.ask(stub -> stub.resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                                .setNamespace(calls.namespace())
                                .setWorkflowExecution(execution(workflow))
                                .setReason(reason)
                                .setRequestId(UUID.randomUUID().toString())
                                .setWorkflowTaskFinishEventId(event)
                                .setIdentity(IDENTITY)
                                .build()))
                        .getRunId());
    }

    private Optional<Long> decided(WorkflowReport workflow, Point point) {
        List<HistoryEvent> events =
                switch (point) {
                    case FIRST -> history(workflow, false).getHistory().getEventsList();
                    case LAST ->
                        calls.ask(stub -> stub.getWorkflowExecutionHistoryReverse(
                                        GetWorkflowExecutionHistoryReverseRequest.newBuilder()
                                                .setNamespace(calls.namespace())
                                                .setExecution(execution(workflow))
                                                .setMaximumPageSize(PAGE)
                                                .build()))
                                .getHistory()
                                .getEventsList();
                };
        return events.stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
                .map(HistoryEvent::getEventId)
                .findFirst();
    }

    private GetWorkflowExecutionHistoryResponse history(WorkflowReport workflow, boolean endAlone) {
        return calls.ask(stub -> stub.getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(calls.namespace())
                .setExecution(execution(workflow))
                .setMaximumPageSize(PAGE)
                .setHistoryEventFilterType(
                        endAlone
                                ? HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT
                                : HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
                .build()));
    }

    private WorkflowReport report(DescribeWorkflowExecutionResponse answer) {
        WorkflowExecutionInfo info = answer.getWorkflowExecutionInfo();
        WorkflowReport told = new WorkflowReport(
                info.getExecution().getWorkflowId(),
                info.getExecution().getRunId(),
                info.getType().getName(),
                info.getStatus().name().substring("WORKFLOW_EXECUTION_STATUS_".length()),
                info.getTaskQueue(),
                QueueOperations.instant(info.getStartTime()),
                instant(info.hasCloseTime(), info.getCloseTime()),
                info.getHistoryLength(),
                organization(info),
                null,
                answer.hasPendingWorkflowTask()
                        && answer.getPendingWorkflowTask().getState()
                                == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED,
                answer.getPendingWorkflowTask().getAttempt(),
                answer.getPendingActivitiesList().stream()
                        .map(WorkflowOperations::activity)
                        .toList());
        return told.isRunning() ? told : withEnd(told);
    }

    private WorkflowReport withEnd(WorkflowReport told) {
        String why = history(told, true).getHistory().getEventsList().stream()
                .flatMap(WorkflowOperations::story)
                .findFirst()
                .orElse(null);
        return new WorkflowReport(
                told.workflowId(),
                told.runId(),
                told.type(),
                told.status(),
                told.queue(),
                told.startedAt(),
                told.closedAt(),
                told.events(),
                told.organization(),
                why,
                false,
                0,
                List.of());
    }

    private static Stream<String> story(HistoryEvent end) {
        if (end.hasWorkflowExecutionFailedEventAttributes()) {
            return Stream.of(
                    deepest(end.getWorkflowExecutionFailedEventAttributes().getFailure()));
        }
        return end.hasWorkflowExecutionTerminatedEventAttributes()
                ? Stream.of(end.getWorkflowExecutionTerminatedEventAttributes().getReason())
                : Stream.empty();
    }

    private static WorkflowReport.Activity activity(PendingActivityInfo activity) {
        return new WorkflowReport.Activity(
                activity.getActivityType().getName(),
                activity.getActivityOptions().getTaskQueue().getName(),
                activity.getState()
                        .name()
                        .substring("PENDING_ACTIVITY_STATE_".length())
                        .toLowerCase(Locale.ROOT),
                activity.getAttempt(),
                instant(activity.hasLastHeartbeatTime(), activity.getLastHeartbeatTime()),
                activity.hasLastFailure() ? deepest(activity.getLastFailure()) : null);
    }

    /** What went wrong in the end: those around it say only that something did. */
    private static String deepest(Failure failure) {
        Failure cause = failure;
        while (cause.hasCause()) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static String organization(WorkflowExecutionInfo info) {
        String json = info.getSearchAttributes()
                .getIndexedFieldsMap()
                .getOrDefault(StreamAttributes.ORGANIZATION_ID.getName(), Payload.getDefaultInstance())
                .getData()
                .toStringUtf8();
        return json.replace("\"", "");
    }

    private static @Nullable Instant instant(boolean there, Timestamp timestamp) {
        return there ? QueueOperations.instant(timestamp) : null;
    }

    private static WorkflowExecution execution(WorkflowReport workflow) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(workflow.workflowId())
                .setRunId(workflow.runId())
                .build();
    }
}
