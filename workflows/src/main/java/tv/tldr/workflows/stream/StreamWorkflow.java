package tv.tldr.workflows.stream;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One stream from submission to its end. Runs under {@link tv.tldr.workflows.WorkflowIds#stream}. */
@WorkflowInterface
public interface StreamWorkflow {
    /** The whole life of the stream; returns when it has ended, in whichever way, and the database says so. */
    @WorkflowMethod
    StreamStatus run(StreamInput input);

    /** How far it is. */
    @QueryMethod
    StreamProgress progress();

    /** What it is working on, as Markdown for a person. */
    @QueryMethod
    String details();

    /**
     * Ends the stream early: finishes the moments that are already measured, or with {@code force} keeps only what is
     * already cut. Answers when the stop is noted, not when it is done.
     *
     * @return the state after the stop was noted
     */
    @UpdateMethod
    StreamProgress stop(boolean force);

    @UpdateValidatorMethod(updateName = "stop")
    void validateStop(boolean force);
}
