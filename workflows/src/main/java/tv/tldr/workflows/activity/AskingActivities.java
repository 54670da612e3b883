package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Asks the model about stretches of a recording, and about its best moments side by side, and stores what it answers and costs. Fails with {@link
 * FailureType#AI_REFUSED} when it will never answer and with {@link FailureType#AI_UNAVAILABLE} when it does not now.
 */
@ActivityInterface
public interface AskingActivities {
    /** Asks about one planned window, unless its answer is stored already: nothing is paid for twice. Heartbeats. */
    @ActivityMethod
    Asked askWindow(AskWindow command);

    /**
     * Asks once, after all windows, to compare the strongest moments of what is stored with each other, and stores the order;
     * selection reads it there. The same question is not asked, or paid for, again. Heartbeats.
     */
    @ActivityMethod
    Compared compareFinalists(CompareFinalists command);

    /** @param window its number in the stored plan, from 0 */
    record AskWindow(StreamRef stream, Recording recording, int window, StreamOptions options)
            implements StreamCommand {}

    /**
     * @param outcome what became of the question
     * @param costMicroUsd what it cost, millionths of a US dollar, repairs included; 0 when it was answered before
     * @param reason why there is no answer, one sentence for the customer; null when there is one
     */
    record Asked(
            Outcome outcome, long costMicroUsd, @Nullable String reason) {}

    /** @param duration seconds of the stream that are recorded and measured */
    record CompareFinalists(StreamRef stream, Recording recording, double duration, StreamOptions options)
            implements StreamCommand {}

    /**
     * @param finalists how many were up; 0 when there was nothing to compare
     * @param costMicroUsd what it cost, millionths of a US dollar, repairs included; 0 when they were compared before
     * @param reason why they were not compared, one sentence for the customer; null when they were, or none were up
     */
    record Compared(
            int finalists, long costMicroUsd, @Nullable String reason) {
        /** Fewer than two moments come near the threshold, or none reaches it. */
        public static final Compared NOBODY = new Compared(0, 0, null);
    }

    /** What became of a question? */
    enum Outcome {
        /** The answer is stored. */
        ANSWERED,
        /** No usable answer for this window: rules score it. Others may fare better. */
        UNUSABLE,
        /** A budget or the day's quota does not allow another question. */
        SPENT
    }
}
