package tv.tldr.workflows.batch;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * One batch from submission until the last of its streams has ended, in whichever way. Runs under
 * {@link tv.tldr.workflows.WorkflowIds#batch}; the streams run under their own ids.
 */
@WorkflowInterface
public interface BatchWorkflow {
    /** Returns when every stream has ended and the database says that the batch has. */
    @WorkflowMethod
    BatchCounts run(BatchInput input);

    /** Something of the batch has changed: a stream has ended, or the rest is to be stopped. As often as one likes. */
    @SignalMethod
    void look();

    /** How far it was when it looked last; null before. */
    @QueryMethod
    @Nullable
    BatchCounts counts();
}
