package tv.tldr.workflows.recut;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One highlight's clip with other edges, from the order until it is in place or known to be impossible. Runs under {@link
 * tv.tldr.workflows.WorkflowIds#recut}.
 */
@WorkflowInterface
public interface RecutWorkflow {
    /** Whether a clip was cut; the database says whether it is the one that the highlight shows. */
    @WorkflowMethod
    boolean run(RecutInput input);
}
