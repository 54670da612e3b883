package tv.tldr.workflows.recut;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.ClipActivities.Cut;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.RecutActivities.FailRecut;
import tv.tldr.workflows.activity.RecutActivities.FinishRecut;
import tv.tldr.workflows.stream.FailedStep;
import tv.tldr.workflows.stream.FreshIds;
import tv.tldr.workflows.stream.Segmentation;

/** Cuts beside the clip that stands, then puts the new one in its place. */
public final class RecutWorkflowImpl implements RecutWorkflow {
    @Override
    public boolean run(RecutInput input) {
        String clip = "the clip of " + Segmentation.clock(input.range());
        FreshIds ids = new FreshIds();
        try {
            Workflow.setCurrentDetails("Cuts " + clip + ".");
            CutClip files = ActivityStubs.clips("Cut " + Segmentation.clock(input.range()), null)
                    .cutClip(new Cut(
                            input.stream(),
                            input.recording(),
                            input.highlightId(),
                            input.range(),
                            input.peak(),
                            input.version()));
            // Cut is cut: who cancels now would leave files that nobody knows of.
            Workflow.newDetachedCancellationScope(() -> finish(input, files, ids, clip))
                    .run();
            return true;
        } catch (TemporalFailure failure) {
            Workflow.newDetachedCancellationScope(() -> fail(input, failure, ids, clip))
                    .run();
            return false;
        }
    }

    private static void finish(RecutInput input, CutClip files, FreshIds ids, String clip) {
        ActivityStubs.recuts("Put " + clip + " in place")
                .finishRecut(new FinishRecut(
                        input.stream(),
                        input.highlightId(),
                        input.version(),
                        input.range(),
                        input.peak(),
                        files,
                        ids.event()));
        Workflow.setCurrentDetails("Has cut " + clip + ".");
    }

    private static void fail(RecutInput input, TemporalFailure failure, FreshIds ids, String clip) {
        String reason = FailedStep.isCancellation(failure)
                ? "cutting was cancelled by an operator"
                : FailedStep.explain(failure).message();
        ActivityStubs.recuts("Write down why " + clip + " is not cut")
                .failRecut(new FailRecut(input.stream(), input.highlightId(), input.version(), reason, ids.event()));
        Workflow.setCurrentDetails("Could not cut " + clip + ": " + reason);
    }
}
