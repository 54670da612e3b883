package tv.tldr.workflows.event;

import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.DeliveryActivities;
import tv.tldr.workflows.activity.DeliveryActivities.Attempted;

/** Attempt, wait, attempt: how often and how long, the attempts say, and they write it down before the wait begins. */
public final class DeliveryWorkflowImpl implements DeliveryWorkflow {
    private final DeliveryActivities deliveries = ActivityStubs.deliveries();

    @Override
    public String run(DeliveryInput input) {
        while (true) {
            Attempted attempted = deliveries.attemptDelivery(input);
            Duration wait = attempted.next();
            if (wait == null) {
                return attempted.told();
            }
            Workflow.setCurrentDetails(attempted.told());
            Workflow.newTimer(
                            wait,
                            TimerOptions.newBuilder()
                                    .setSummary("until the next attempt")
                                    .build())
                    .get();
        }
    }
}
