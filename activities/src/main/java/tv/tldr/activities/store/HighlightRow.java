package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.ClipActivities.CutClip;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.selection.Difference;
import tv.tldr.workflows.selection.Edge;
import tv.tldr.workflows.selection.Reckoning;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.TranscriptLine;

/**
 * A highlight as the database knows it, with its own copy of what made its score.
 *
 * @param candidate number of the candidate that it was
 * @param peak its best second, stream time
 * @param dimensions by dimension id
 * @param reasons the strongest contributions, strongest first
 * @param files clip and thumbnail; null until cut
 * @param degraded why less was asked of the model than was meant: rules scored in its place, or it saw fewer pictures; null
 *     otherwise
 * @param transcript what is said in it, by time; empty where nobody listened, too
 * @param signals what was measured in its best second, by signal; empty in streams of before
 * @param reckoning how its confidence comes about; null where nothing was measured, and in streams of before
 * @param pinned kept whatever the plan says
 * @param streamEnded when its stream ended; null while it has not, and where the stream is kept whatever the plan says
 * @param recut the clip that it is to get in place of the one that it has; null: none
 */
public record HighlightRow(
        HighlightId id,
        StreamRef stream,
        int candidate,
        @Nullable String title,
        @Nullable String description,
        TimeRange range,
        double peak,
        double confidence,
        String type,
        List<String> tags,
        Map<String, DimensionScore> dimensions,
        List<Contribution> reasons,
        Edge start,
        Edge end,
        @Nullable CutClip files,
        @Nullable String degraded,
        List<TranscriptLine> transcript,
        Map<String, Double> signals,
        @Nullable Reckoning reckoning,
        @Nullable Recut recut,
        Map<String, Object> metadata,
        boolean pinned,
        @Nullable Instant streamEnded,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** {@code detected} until the clip is cut, then {@code processed}. */
    public String status() {
        return files == null ? "detected" : "processed";
    }

    /** Whether a person has said where its clip begins or ends; analyses leave that clip as it is. */
    boolean isCutByHand() {
        return start == Edge.MANUAL || end == Edge.MANUAL;
    }

    /** As a what-if compares it. */
    public Difference.Moment moment() {
        return new Difference.Moment(id, range, peak, confidence, type);
    }
}
