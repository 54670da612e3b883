package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/** Writes down what is said in a recording with a speech recogniser of ours, where one is set up. */
@ActivityInterface
public interface ListeningActivities {
    /** Which segments are still to be listened to? None where no recogniser is set up or the recording has no sound. */
    @ActivityMethod
    Unheard findUnheard(FindUnheard command);

    /** Writes down what is said in one segment and stores it; a segment that is stored already is not heard again. */
    @ActivityMethod
    HeardSegment listenToSegment(ListenToSegment command);

    /** @param segments so many segments from the beginning were measured */
    record FindUnheard(StreamRef stream, Recording recording, int segments) implements StreamCommand {}

    /** @param segments their numbers within the stream, from 0, ascending */
    record Unheard(List<Integer> segments) {
        public static final Unheard NONE = new Unheard(List.of());

        public Unheard {
            segments = List.copyOf(segments);
        }
    }

    /**
     * @param index number of the segment within the stream, from 0
     * @param window its stream time
     */
    record ListenToSegment(StreamRef stream, Recording recording, int index, TimeRange window)
            implements StreamCommand {}

    /** @param heardNow false when it was stored already */
    record HeardSegment(int index, boolean heardNow) {}
}
