package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import tv.tldr.workflows.stream.TimeRange;

/** Measures segments of a recording into signals and stores them. */
@ActivityInterface
public interface MeasuringActivities {
    /** Measures one segment and stores its signals; a segment that is stored already is not measured again. */
    @ActivityMethod
    MeasuredSegment measureSegment(MeasureSegment command);

    /**
     * @param index number of the segment within the stream, from 0
     * @param window its whole seconds of stream time; the last one may end on a fraction
     * @param thorough decode everything and look at four pictures a second, not at keyframes alone
     */
    record MeasureSegment(StreamRef stream, Recording recording, int index, TimeRange window, boolean thorough)
            implements StreamCommand {}

    /** @param measuredNow false when the signals were stored already, for this stream or for another of the same recording */
    record MeasuredSegment(int index, boolean measuredNow) {}
}
