package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.ScoringActivities.Moment;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamError;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.StreamProgress;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * Writes what happened to a stream into the database, each change in one transaction with the event that tells about it.
 * Writing the same command twice changes nothing: events and highlights carry ids that the workflow made.
 */
@ActivityInterface
public interface CatalogActivities {
    /**
     * {@code pending → processing}, with {@code stream.started}. Answers with what the stream was changed to while it was
     * pending: from here on nothing of it changes. Null from workers of before.
     */
    @ActivityMethod
    @Nullable
    Started startStream(StartStream command);

    /** Stores the recording's place and facts; no event. Null from workers of before. */
    @ActivityMethod
    @Nullable
    Recorded saveRecording(SaveRecording command);

    /** Stores progress for those who read it from the database, with {@code stream.progress}. */
    @ActivityMethod
    void saveProgress(SaveProgress command);

    /**
     * Stores the selected moments: new ones as highlights without files, with {@code highlight.detected} each; standing ones
     * whose clip stays with what is new about them, with {@code highlight.updated} when something is.
     */
    @ActivityMethod
    void saveHighlights(SaveHighlights command);

    /** Stores a highlight's files, with {@code highlight.processed}, or {@code highlight.updated} when it had others before. */
    @ActivityMethod
    void saveClip(SaveClip command);

    /**
     * The end: {@code completed}, {@code failed} or {@code stopped}, with the event of that name. Removes what a failed or
     * forced end leaves without use, and the highlights of an earlier analysis that a settled one did not choose again, or of
     * which one that was ended too early shows a part, with {@code highlight.deleted} each.
     */
    @ActivityMethod
    void finishStream(FinishStream command);

    record StartStream(StreamRef stream, EventId eventId) implements StreamCommand {}

    /** @param fairnessWeight {@link tv.tldr.workflows.account.Plan#fairnessWeight} now; null from workers of before */
    record Started(StreamOptions options, @Nullable Double fairnessWeight) {}

    record SaveRecording(StreamRef stream, Recording recording, int segments) implements StreamCommand {}

    /** @param fairnessWeight {@link tv.tldr.workflows.account.Plan#fairnessWeight} now */
    record Recorded(double fairnessWeight) {}

    record SaveProgress(StreamRef stream, StreamProgress progress, EventId eventId) implements StreamCommand {}

    record SaveHighlights(StreamRef stream, List<NewHighlight> highlights) implements StreamCommand {}

    record NewHighlight(HighlightId highlightId, EventId eventId, Moment moment) {}

    /** @param candidate the one that it goes on as with other edges; null: it is new */
    record SaveClip(
            StreamRef stream,
            HighlightId highlightId,
            CutClip files,
            EventId eventId,
            @Nullable Integer candidate) implements StreamCommand {
        /** The first clip of a new highlight. */
        public SaveClip(StreamRef stream, HighlightId highlightId, CutClip files, EventId eventId) {
            this(stream, highlightId, files, eventId, null);
        }
    }

    /**
     * @param emptyReason why a completed stream has no highlights; null when it has
     * @param uncut highlights that stay without a clip and are removed (forced stop)
     * @param analysis the one that ends; nothing is done when the stream has another one by now
     * @param settled whether all moments of it were chosen and went through cutting, so that those of before may go
     * @param measured seconds from the beginning that went through measuring; 0: as it was told before
     */
    record FinishStream(
            StreamRef stream,
            StreamStatus status,
            List<StreamError> errors,
            @Nullable String emptyReason,
            List<HighlightId> uncut,
            EventId eventId,
            int analysis,
            boolean settled,
            double measured)
            implements StreamCommand {
        public FinishStream {
            // What was under way before there could be more than one.
            analysis = Math.max(1, analysis);
        }
    }
}
