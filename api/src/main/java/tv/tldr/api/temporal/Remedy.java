package tv.tldr.api.temporal;

import java.time.Instant;
import tv.tldr.workflows.activity.FailureType;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamStatus;

/** What does an open stream need, given what Temporal knows of its workflow? */
sealed interface Remedy {
    /** Its workflow will end it, or it is too early to tell. */
    record Patience() implements Remedy {}

    /** A workflow that goes on from what is stored. */
    record AnotherStart() implements Remedy {}

    /** The end that its workflow can no longer write. */
    record AnEnd(StreamStatus status, StreamError error) implements Remedy {}

    /**
     * @param stopRequested whether the workflow had noted a stop: then nobody waits for more highlights
     * @param settled what was closed after this instant may have left work under way that has not noticed yet
     */
    static Remedy of(WorkflowFate fate, boolean stopRequested, Instant settled) {
        return switch (fate) {
            case WorkflowFate.Alive _ -> new Patience();
            case WorkflowFate.Missing _ ->
                stopRequested ? end(StreamStatus.STOPPED, "was lost after a stop was asked for") : new AnotherStart();
            case WorkflowFate.Closed closed ->
                closed.at().isAfter(settled)
                        ? new Patience()
                        : end(stopRequested ? StreamStatus.STOPPED : status(closed.way()), story(closed.way()));
        };
    }

    /** For one that an operator has just terminated, with nobody at work any more. */
    static AnEnd ofTerminated(boolean stopRequested) {
        return end(
                stopRequested ? StreamStatus.STOPPED : status(WorkflowFate.Way.TERMINATED),
                story(WorkflowFate.Way.TERMINATED));
    }

    private static AnEnd end(StreamStatus status, String story) {
        String message = "The processing of the stream " + story + "; what was cut before is kept.";
        return new AnEnd(
                status,
                new StreamError(
                        FailureType.PROCESSING_ERROR.name(),
                        status == StreamStatus.FAILED
                                ? message + " To try again: POST /retry of the stream."
                                : message));
    }

    private static StreamStatus status(WorkflowFate.Way way) {
        return switch (way) {
            case CANCELLED -> StreamStatus.STOPPED;
            case COMPLETED, FAILED, TERMINATED, TIMED_OUT -> StreamStatus.FAILED;
        };
    }

    private static String story(WorkflowFate.Way way) {
        return switch (way) {
            case CANCELLED -> "was cancelled by an operator";
            case TERMINATED -> "was terminated by an operator";
            case TIMED_OUT -> "ran into its time limit";
            case FAILED -> "failed for a reason of ours";
            case COMPLETED -> "ended without its result being written down";
        };
    }
}
