package tv.tldr.api.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.WorkflowNotReadyFailure;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.serviceclient.StatusUtils;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Temporal, or every worker of the queue that was needed, did not answer in time; later it may. */
public final class TemporalAwayException extends RuntimeException {
    private static final int DEEPEST_CAUSE = 16;

    TemporalAwayException(Throwable cause) {
        super("Temporal " + told(cause), cause);
    }

    /** Without the words of gRPC, which are about connections and nanoseconds; they are in the cause. */
    private static String told(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof StatusRuntimeException answer) {
                return switch (answer.getStatus().getCode()) {
                    case UNAVAILABLE -> "does not answer: nobody is there";
                    case DEADLINE_EXCEEDED, CANCELLED -> "does not answer in time";
                    default -> "cannot do it now: " + answer.getStatus().getDescription();
                };
            }
            cause = cause.getCause();
        }
        return "does not answer in time";
    }

    /** The same failure, as this type when it is one that passes by itself. */
    static Throwable recognise(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (isAway(cause)) {
                return new TemporalAwayException(failure);
            }
            cause = cause.getCause();
        }
        return failure;
    }

    private static boolean isAway(Throwable cause) {
        return switch (cause) {
            case TimeoutException late -> true;
            case WorkflowUpdateTimeoutOrCancelledException late -> true;
            // A workflow whose tasks fail takes nothing until a worker comes that fits it.
            case StatusRuntimeException answer ->
                isAway(answer.getStatus()) || StatusUtils.hasFailure(answer, WorkflowNotReadyFailure.class);
            default -> false;
        };
    }

    private static boolean isAway(@Nullable Status status) {
        return status != null
                && switch (status.getCode()) {
                    case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL -> true;
                    case OK,
                            UNKNOWN,
                            INVALID_ARGUMENT,
                            NOT_FOUND,
                            ALREADY_EXISTS,
                            PERMISSION_DENIED,
                            FAILED_PRECONDITION,
                            OUT_OF_RANGE,
                            UNIMPLEMENTED,
                            DATA_LOSS,
                            UNAUTHENTICATED -> false;
                };
    }
}
