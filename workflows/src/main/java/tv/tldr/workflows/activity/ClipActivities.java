package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.TimeRange;

/** Cuts clips and pictures out of a recording into the object store. */
@ActivityInterface
public interface ClipActivities {
    /** Cuts the clip and the thumbnail of one highlight under deterministic keys; may run twice. Heartbeats. */
    @ActivityMethod
    CutClip cutClip(Cut command);

    /** @param version of the highlight that the files are for, from 1: each has keys of its own */
    record Cut(
            StreamRef stream, Recording recording, HighlightId highlightId, TimeRange range, double peak, int version)
            implements StreamCommand {
        public Cut {
            // What was under way before there could be more than one.
            version = Math.max(1, version);
        }
    }

    /**
     * @param clip the H.264/AAC MP4, or an M4A of a source without picture
     * @param thumbnail the JPEG at the peak; null without picture
     * @param start where the clip's first frame stands, seconds of stream time
     * @param end where its last frame ends
     * @param audioOffset measured start of sound minus start of picture, seconds; 0 without one of them
     */
    record CutClip(StoredFile clip, @Nullable StoredFile thumbnail, double start, double end, double audioOffset) {}

    /** @param sha256 lower-case hex */
    record StoredFile(String objectKey, long sizeBytes, String sha256) {}
}
