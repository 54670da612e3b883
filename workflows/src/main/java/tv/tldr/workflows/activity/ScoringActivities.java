package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** Reads stored signals, applies the pure scoring and selection, and stores every candidate with its reasons. */
@ActivityInterface
public interface ScoringActivities {
    /** Plans which windows the model is asked about, in which order, and stores the plan; one of the same analysis stays. */
    @ActivityMethod
    Planned planWindows(PlanWindows command);

    /** @param duration seconds of the stream that are recorded and measured */
    record PlanWindows(StreamRef stream, double duration, StreamOptions options) implements StreamCommand {}

    /** @param windows how many there are */
    record Planned(int windows) {}

    /** Chooses; a moment that a highlight stands for already goes on as that one. */
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
     * @param confidence 0–1, in thousandths: only operators read it here
     * @param type likewise, its beginning; the candidate's row has all of it
     * @param standing the highlight of an earlier analysis that it goes on as; null: it is a new one
     */
    record Moment(
            int candidate,
            TimeRange range,
            double peak,
            double confidence,
            String type,
            @Nullable Standing standing) {
        /** {@link StreamOptions#MOST_HIGHLIGHTS} of them with the longest names stay under 128 KiB. */
        private static final int LONGEST_TYPE = 16;

        public Moment {
            confidence = Math.round(confidence * 1000) / 1000.0;
            type = type.length() > LONGEST_TYPE ? type.substring(0, LONGEST_TYPE - 1) + "…" : type;
        }

        /** One that is new. */
        public Moment(int candidate, TimeRange range, double peak, double confidence, String type) {
            this(candidate, range, peak, confidence, type, null);
        }

        /** Whether its clip shows what it should already. */
        public boolean isCut() {
            return standing != null && standing.cut();
        }

        /** Whether a highlight that goes on is otherwise than it was. */
        public boolean isChanged() {
            return standing != null && standing.changed();
        }

        /** The version of the highlight that its clip is cut for, from 1. */
        public int clipVersion() {
            return standing == null ? 1 : standing.version() + 1;
        }
    }

    /**
     * @param version how often the highlight was written, from 1
     * @param cut whether its clip has the same edges
     * @param changed whether anything of it is otherwise
     */
    record Standing(HighlightId highlightId, int version, boolean cut, boolean changed) {}
}
