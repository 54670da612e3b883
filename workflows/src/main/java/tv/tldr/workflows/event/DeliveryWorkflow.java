package tv.tldr.workflows.event;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One event to one endpoint, from the first attempt until it has arrived or is given up. Runs under {@link
 * tv.tldr.workflows.WorkflowIds#delivery}.
 */
@WorkflowInterface
public interface DeliveryWorkflow {
    /** What became of it, in words. */
    @WorkflowMethod
    String run(DeliveryInput input);
}
