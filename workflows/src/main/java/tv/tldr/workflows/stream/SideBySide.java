package tv.tldr.workflows.stream;

import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Does many steps of a kind, a few at a time. */
final class SideBySide {
    /** Enough to keep two cores busy over the server's 50 ms an activity; few enough not to starve other streams. */
    private static final int MOST_IN_FLIGHT = 4;

    private final StreamLedger ledger;

    SideBySide(StreamLedger ledger) {
        this.ledger = ledger;
    }

    /** One step after the other is started while there is {@code more}; ends when all have. */
    void run(BooleanSupplier more, IntSupplier start, Functions.Proc1<Integer> step) {
        while (more.getAsBoolean()) {
            Async.procedure(step, start.getAsInt());
            Workflow.await(() -> ledger.inFlight() < MOST_IN_FLIGHT);
        }
        Workflow.await(() -> ledger.inFlight() == 0);
    }

    /** Whether this run may take up more of its work: it was not stopped, has not failed, and is not too long. */
    boolean goesOn() {
        return !ledger.isStopping() && !ledger.hasFailed() && !isLong();
    }

    static boolean isLong() {
        return Workflow.getInfo().isContinueAsNewSuggested();
    }
}
