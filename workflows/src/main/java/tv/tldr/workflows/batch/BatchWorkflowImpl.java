package tv.tldr.workflows.batch;

import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.activity.BatchActivities.FinishBatch;
import tv.tldr.workflows.activity.BatchActivities.LetStreamsGo;
import tv.tldr.workflows.event.EventId;

/**
 * Lets streams go, waits until one ends, lets the next one go. How far they are it reads from the database each time, so that
 * a signal that is lost, doubled or late does no harm; without one it looks after a while by itself.
 */
public final class BatchWorkflowImpl implements BatchWorkflow {
    /** Only for signals that were lost. */
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);
    /** What could not be told to stop is told again. */
    private static final Duration PATIENCE_WHEN_STOPPING = Duration.ofSeconds(10);

    private final BatchInput input;
    private final Random random;
    private boolean toLookAt;
    private @Nullable BatchCounts counts;

    @WorkflowInit
    public BatchWorkflowImpl(BatchInput input) {
        this.input = input;
        this.random = Workflow.newRandom();
    }

    @Override
    public BatchCounts run(BatchInput sameAsAtInit) {
        BatchCounts now = letGo();
        while (!now.hasEnded()) {
            // Those that wait for their stop are many: they are told a part at a time.
            if (!(now.stopping() && now.held() > 0)) {
                Workflow.await(now.stopping() ? PATIENCE_WHEN_STOPPING : USUAL_PATIENCE, () -> toLookAt);
            }
            if (Workflow.getInfo().isContinueAsNewSuggested()) {
                Workflow.continueAsNew(input);
            }
            now = letGo();
        }
        ActivityStubs.batches("Tell that the batch has ended").finishBatch(new FinishBatch(input.batch(), eventId()));
        return now;
    }

    private BatchCounts letGo() {
        toLookAt = false;
        BatchCounts now = ActivityStubs.batches("Let streams go, at most " + input.parallelLimit() + " at a time")
                .letStreamsGo(new LetStreamsGo(input.batch(), input.parallelLimit()));
        counts = now;
        Workflow.setCurrentDetails(details(now));
        return now;
    }

    private static String details(BatchCounts counts) {
        return "### %d of %d streams have ended%s%n%n- **Under way** %d%n- **Held back** %d%n- **Completed** %d, **failed** %d, **stopped** %d"
                .formatted(
                        counts.ended(),
                        counts.total(),
                        counts.stopping() ? ", the rest is being stopped" : "",
                        counts.open(),
                        counts.held(),
                        counts.completed(),
                        counts.failed(),
                        counts.stopped());
    }

    private EventId eventId() {
        return new EventId(TypeId.version7(Workflow.currentTimeMillis(), random.nextLong(), random.nextLong()));
    }

    @Override
    public void look() {
        toLookAt = true;
    }

    @Override
    public @Nullable BatchCounts counts() {
        return counts;
    }
}
