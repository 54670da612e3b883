package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.TimeRange;

/** Writes down what became of a clip that was to be cut anew. Writing the same command twice changes nothing. */
@ActivityInterface
public interface RecutActivities {
    /**
     * Gives the highlight its new clip and edges, with {@code highlight.updated}, and removes the files of before. When the
     * highlight is gone, or wants other edges by now, it is the new files that are removed.
     */
    @ActivityMethod
    void finishRecut(FinishRecut command);

    /** Notes why the clip stays as it is, with {@code highlight.updated}. */
    @ActivityMethod
    void failRecut(FailRecut command);

    /** @param version of the highlight that asked for it */
    record FinishRecut(
            StreamRef stream,
            HighlightId highlightId,
            int version,
            TimeRange range,
            double peak,
            CutClip files,
            EventId eventId)
            implements StreamCommand {}

    /** @param reason in one sentence, for the customer */
    record FailRecut(StreamRef stream, HighlightId highlightId, int version, String reason, EventId eventId)
            implements StreamCommand {}
}
