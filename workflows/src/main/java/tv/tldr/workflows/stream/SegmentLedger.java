package tv.tldr.workflows.stream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far is the recording measured? The bookkeeping of that stage, without any order of steps. */
final class SegmentLedger {
    private @Nullable Segmentation segmentation;
    private int started;
    private int done;
    private int measured;
    /** Of those done: there is none before the end of a stream, so that no run hands it on. */
    private int cancelled;

    /**
     * What an earlier run of the workflow has reached.
     *
     * @param done segments from the beginning that are measured or given up
     * @param measured so many of them are measured
     */
    SegmentLedger(int done, int measured) {
        this.started = done;
        this.done = done;
        this.measured = measured;
    }

    /** @param duration of the recording, seconds */
    void recorded(double duration) {
        segmentation = new Segmentation(duration);
    }

    boolean hasSegmentLeft() {
        return started < count();
    }

    /** The number of the segment that is next. */
    int startSegment() {
        return started++;
    }

    /** A segment is measured. */
    void measured() {
        done++;
        measured++;
    }

    /** A segment is given up. */
    void missed() {
        done++;
    }

    /** A segment was not looked at to its end. */
    void cancelled() {
        done++;
        cancelled++;
    }

    int inFlight() {
        return started - done;
    }

    /** Of the recording; 0 before there is one. */
    int count() {
        return segmentation == null ? 0 : segmentation.count();
    }

    /** So many are measured, given up or cancelled. */
    int countDone() {
        return done;
    }

    int countMeasured() {
        return measured;
    }

    /** Of the recording, seconds; 0 before there is one. */
    double duration() {
        return segmentation == null ? 0 : segmentation.duration();
    }

    /** Seconds from the beginning that were recorded and went through measuring. */
    double measuredSeconds() {
        int through = done - cancelled;
        return through == 0 ? 0 : window(through - 1).end();
    }

    TimeRange window(int segment) {
        return Objects.requireNonNull(segmentation).window(segment);
    }
}
