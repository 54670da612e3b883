package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** Reads stored signals, applies the pure scoring and selection, and stores every candidate with its reasons. */
@ActivityInterface
public interface ScoringActivities {
    /** Plans which windows the model is asked about, in which order, and stores the plan; an earlier plan stays. */
    @ActivityMethod
    Planned planWindows(PlanWindows command);

    /** @param duration seconds of the stream that are recorded and measured */
    record PlanWindows(StreamRef stream, double duration, StreamOptions options) implements StreamCommand {}

    /** @param windows how many there are */
    record Planned(int windows) {}

    @ActivityMethod
    Selected selectHighlights(SelectHighlights command);

    /**
     * @param duration seconds of the stream that are recorded and measured
     * @param givenUp why windows without an answer have none, one sentence; null when all were asked about
     * @param notCompared why the model did not compare the finalists, one sentence; null when it did or was not to
     */
    record SelectHighlights(
            StreamRef stream,
            double duration,
            StreamOptions options,
            @Nullable String givenUp,
            @Nullable String notCompared)
            implements StreamCommand {
        /** Of a stream whose finalists the model compared, or was not to compare. */
        public SelectHighlights(StreamRef stream, double duration, StreamOptions options, @Nullable String givenUp) {
            this(stream, duration, options, givenUp, null);
        }

        /** Of a stream whose model was asked about all that was planned, or about nothing. */
        public SelectHighlights(StreamRef stream, double duration, StreamOptions options) {
            this(stream, duration, options, null, null);
        }
    }

    /**
     * @param moments what was selected, best first, at most {@link StreamOptions#MOST_HIGHLIGHTS}
     * @param rejected how many candidates were considered and dropped
     * @param emptyReason why nothing was selected; null when something was
     */
    record Selected(
            List<Moment> moments, int rejected, @Nullable String emptyReason) {}

    /**
     * @param candidate number of the stored candidate within the stream, from 0
     * @param range what the clip shows
     * @param peak its best second
     * @param confidence 0–1
     */
    record Moment(int candidate, TimeRange range, double peak, double confidence, String type) {}
}
