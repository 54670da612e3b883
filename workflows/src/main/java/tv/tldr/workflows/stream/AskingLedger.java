package tv.tldr.workflows.stream;

import io.temporal.failure.TemporalFailure;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities.Asked;
import tv.tldr.workflows.activity.AskingActivities.Compared;

/** How far has the model been asked? The bookkeeping of that stage, without any order of steps. */
final class AskingLedger {
    private int windows;
    private int started;
    private int done;
    private int answered;
    private long costMicroUsd;
    private @Nullable String givenUp;
    private boolean comparing;
    private @Nullable Compared compared;

    AskingLedger(AskingState before) {
        windows = before.windows();
        started = before.done();
        done = before.done();
        answered = before.answered();
        costMicroUsd = before.costMicroUsd();
        givenUp = before.givenUp();
        compared = before.compared();
    }

    AskingState state() {
        return new AskingState(windows, done, answered, costMicroUsd, givenUp, compared);
    }

    void planned(int count) {
        windows = count;
    }

    boolean isPlanned() {
        return windows >= 0;
    }

    int windows() {
        return windows;
    }

    boolean hasWindowLeft() {
        return started < windows && givenUp == null;
    }

    int startWindow() {
        return started++;
    }

    void asked(Asked asked) {
        done++;
        costMicroUsd += asked.costMicroUsd();
        switch (asked.outcome()) {
            case ANSWERED -> answered++;
            case UNUSABLE -> {}
            case SPENT -> giveUp(String.valueOf(asked.reason()));
        }
    }

    void notAsked() {
        done++;
    }

    /** No further window is asked about; the first reason is the one that is told. */
    void giveUp(String reason) {
        if (givenUp == null) {
            givenUp = reason;
        }
    }

    /** Why no further window is asked about; null when all are. */
    @Nullable
    String givenUp() {
        return givenUp;
    }

    /** Whoever has answered about no window, or is asked no more, is not asked to compare, either. */
    boolean isToCompare() {
        return answered > 0 && givenUp == null && compared == null;
    }

    void startComparing() {
        comparing = true;
    }

    /** Whether the finalists are being compared. */
    boolean isComparing() {
        return comparing;
    }

    void compared(Compared outcome) {
        comparing = false;
        compared = outcome;
        costMicroUsd += outcome.costMicroUsd();
    }

    /** Comparing only refines what is scored already: without it the stream goes on, and says why, but nothing is wrong. */
    void notCompared(TemporalFailure failure) {
        String reason = FailedStep.isCancellation(failure)
                ? "the stream was stopped"
                : FailedStep.explain(failure).message();
        compared(new Compared(0, 0, reason));
    }

    /** Why the finalists were not compared; null when they were or were not to be. */
    @Nullable
    String notCompared() {
        return compared == null ? null : compared.reason();
    }

    /** Whether all was asked, and nothing answered. */
    boolean isInVain() {
        return windows > 0 && done == windows && answered == 0 && givenUp == null;
    }

    int inFlight() {
        return started - done;
    }

    /** The part of the plan that is done, 0–1. */
    double share() {
        return (double) done / Math.max(1, windows);
    }
}
