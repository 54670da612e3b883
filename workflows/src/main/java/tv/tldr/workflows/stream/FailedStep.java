package tv.tldr.workflows.stream;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import tv.tldr.workflows.activity.FailureType;

/** What does a customer read about a step that failed? */
public final class FailedStep {
    private FailedStep() {}

    public static boolean isCancellation(TemporalFailure failure) {
        return failure instanceof CanceledFailure || failure.getCause() instanceof CanceledFailure;
    }

    public static StreamError explain(TemporalFailure failure) {
        return switch (failure.getCause()) {
            case ApplicationFailure cause ->
                new StreamError(
                        cause.getType() == null ? FailureType.PROCESSING_ERROR.name() : cause.getType(),
                        cause.getOriginalMessage());
            case TimeoutFailure _ ->
                new StreamError(FailureType.PROCESSING_ERROR.name(), "the step took too long and was given up");
            case null, default ->
                new StreamError(FailureType.PROCESSING_ERROR.name(), "the step failed for an unknown reason");
        };
    }
}
