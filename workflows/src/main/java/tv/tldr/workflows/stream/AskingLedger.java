package tv.tldr.workflows.stream;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities.Asked;

/** How far has the model been asked? The bookkeeping of that stage, without any order of steps. */
final class AskingLedger {
    private int windows;
    private int started;
    private int done;
    private int answered;
    private long costMicroUsd;
    private @Nullable String givenUp;

    AskingLedger(AskingState before) {
        windows = before.windows();
        started = before.done();
        done = before.done();
        answered = before.answered();
        costMicroUsd = before.costMicroUsd();
        givenUp = before.givenUp();
    }

    AskingState state() {
        return new AskingState(windows, done, answered, costMicroUsd, givenUp);
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

    int inFlight() {
        return started - done;
    }

    /** The part of the plan that is done, 0–1. */
    double share() {
        return (double) done / Math.max(1, windows);
    }
}
