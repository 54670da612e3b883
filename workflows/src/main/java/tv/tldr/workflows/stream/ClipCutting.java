package tv.tldr.workflows.stream;

import io.temporal.workflow.Workflow;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.CatalogActivities.SaveClip;
import tv.tldr.workflows.activity.ClipActivities.Cut;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.activity.StreamRef;

/** How does one chosen moment get its clip? Cut, then written down; one whose clip stays needs neither. */
final class ClipCutting {
    private final StreamRef stream;
    private final StreamLedger ledger;
    private final FreshIds ids;

    ClipCutting(StreamRef stream, StreamLedger ledger, FreshIds ids) {
        this.stream = stream;
        this.ledger = ledger;
        this.ids = ids;
    }

    /**
     * @param clip its place in the order of cutting, from 0
     * @throws io.temporal.failure.TemporalFailure when it cannot be cut
     */
    void cut(int clip) {
        NewHighlight highlight = ledger.highlights().get(clip);
        Moment moment = highlight.moment();
        if (!moment.isCut()) {
            CutClip files = files(highlight);
            // Cut is cut: a stop that comes now must not lose the clip.
            Workflow.newDetachedCancellationScope(() -> save(highlight, files)).run();
        }
        ledger.cut(clip);
    }

    private CutClip files(NewHighlight highlight) {
        Moment moment = highlight.moment();
        return ActivityStubs.clips("Cut " + Segmentation.clock(moment.range()), ledger.fairnessWeight())
                .cutClip(new Cut(
                        stream,
                        ledger.recording(),
                        highlight.highlightId(),
                        moment.range(),
                        moment.peak(),
                        moment.clipVersion()));
    }

    private void save(NewHighlight highlight, CutClip files) {
        Moment moment = highlight.moment();
        ActivityStubs.catalog("Write down the clip of " + Segmentation.clock(moment.range()))
                .saveClip(new SaveClip(
                        stream,
                        highlight.highlightId(),
                        files,
                        ids.event(),
                        moment.standing() == null ? null : moment.candidate()));
    }
}
