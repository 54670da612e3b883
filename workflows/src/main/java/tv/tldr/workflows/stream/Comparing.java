package tv.tldr.workflows.stream;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.AskingActivities.CompareFinalists;

/** After all windows and before the cut, the model compares the finalists with each other, once. */
final class Comparing {
    private static final String CHANGE = "compare-finalists";

    private final StreamInput input;
    private final StreamLedger ledger;
    private final Runnable announce;

    Comparing(StreamInput input, StreamLedger ledger, Runnable announce) {
        this.input = input;
        this.ledger = ledger;
        this.announce = announce;
    }

    void run() {
        if (ledger.hasFailed() || ledger.isStopping() || !ledger.asking().isToCompare() || isOfBefore()) {
            return;
        }
        ledger.asking().startComparing();
        announce.run();
        try {
            ledger.asking()
                    .compared(ActivityStubs.asking("Compare the finalists with each other", ledger.fairnessWeight())
                            .compareFinalists(new CompareFinalists(
                                    input.stream(),
                                    ledger.recording(),
                                    ledger.segments().measuredSeconds(),
                                    input.options())));
        } catch (TemporalFailure failure) {
            ledger.asking().notCompared(failure);
        }
        announce.run();
    }

    /** A stream that was past this point before it was there goes on without it. Asked last: the answer is recorded. */
    private static boolean isOfBefore() {
        return Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }
}
