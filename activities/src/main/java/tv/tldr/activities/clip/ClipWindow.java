package tv.tldr.activities.clip;

import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.activity.MediaFacts.Video;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which part of a recording becomes the clip? Times are seconds on the container's clock, as FFmpeg reads them.
 *
 * @param facts what is in the recording
 * @param range of stream time that was asked for
 * @param peak stream time of the best second
 */
record ClipWindow(MediaFacts facts, TimeRange range, double peak) {
    /** Frame rates below are not believed: pictures that stand for seconds are shown by repeating them. */
    static final double LOWEST_RATE = 5;

    private static final double HIGHEST_RATE = 240;

    /** Picture and sound of a recording seldom begin at once; seconds. */
    private static final double BEGINNING = 1;

    ClipWindow {
        if (!(range.start() < facts.duration()) || !(range.duration() > 0)) {
            throw new IllegalArgumentException("there is nothing to cut from " + range.start() + " to " + range.end()
                    + " s: the recording is " + facts.duration() + " s long");
        }
    }

    double start() {
        return facts.startTime() + range.start();
    }

    double end() {
        return start() + duration();
    }

    /** Seconds of the clip: what was asked for, as far as the recording goes. */
    double duration() {
        return Math.min(range.end(), facts.duration()) - range.start();
    }

    /** Seconds that a frame is shown; a frame belongs to the clip's first instant when it is nearer than half of it. */
    double frame() {
        Video video = facts.video();
        double rate = video == null ? HIGHEST_RATE : video.frameRate();
        return 1 / Math.clamp(rate, LOWEST_RATE, HIGHEST_RATE);
    }

    /** Seconds from the clip's start to the frame of the thumbnail. */
    double thumbnail() {
        double latest = Math.max(0, duration() - 2 * frame());
        return Math.clamp(peak - range.start() - frame() / 2, 0, latest);
    }

    /** Whether frames or sound that are missing at the start are missing because the recording has not begun yet. */
    boolean isAtBeginning() {
        return range.start() < BEGINNING;
    }

    /** Whether frames come evenly enough to be taken over one by one. */
    boolean isEven() {
        Video video = facts.video();
        return video == null || (!video.variableFrameRate() && video.frameRate() >= LOWEST_RATE);
    }
}
