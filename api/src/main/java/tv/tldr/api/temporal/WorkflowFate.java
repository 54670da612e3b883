package tv.tldr.api.temporal;

import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Instant;
import java.util.Objects;

/** What does Temporal know of a stream's workflow? */
sealed interface WorkflowFate {
    /** It is under way, or will be as soon as a worker comes. */
    record Alive() implements WorkflowFate {}

    /** Temporal has none of that id, or none any more. */
    record Missing() implements WorkflowFate {}

    /** It has ended and cannot be started again. */
    record Closed(Way way, Instant at) implements WorkflowFate {}

    /** How a workflow can have ended. */
    enum Way {
        COMPLETED,
        FAILED,
        CANCELLED,
        TERMINATED,
        TIMED_OUT
    }

    static WorkflowFate of(WorkflowExecutionMetadata workflow) {
        return switch (workflow.getStatus()) {
            case WORKFLOW_EXECUTION_STATUS_RUNNING,
                    WORKFLOW_EXECUTION_STATUS_PAUSED,
                    WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
                    WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
                    UNRECOGNIZED -> new Alive();
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> closed(Way.COMPLETED, workflow);
            case WORKFLOW_EXECUTION_STATUS_FAILED -> closed(Way.FAILED, workflow);
            case WORKFLOW_EXECUTION_STATUS_CANCELED -> closed(Way.CANCELLED, workflow);
            case WORKFLOW_EXECUTION_STATUS_TERMINATED -> closed(Way.TERMINATED, workflow);
            case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> closed(Way.TIMED_OUT, workflow);
        };
    }

    private static Closed closed(Way way, WorkflowExecutionMetadata workflow) {
        return new Closed(way, Objects.requireNonNullElse(workflow.getCloseTime(), workflow.getStartTime()));
    }
}
