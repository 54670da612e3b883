package tv.tldr.workflows.activity;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Asks the model about stretches of a recording and stores what it answers and costs. Fails with {@link
 * FailureType#AI_REFUSED} when it will never answer and with {@link FailureType#AI_UNAVAILABLE} when it does not now.
 */
@ActivityInterface
public interface AskingActivities {
    /** Asks about one planned window, unless its answer is stored already: nothing is paid for twice. Heartbeats. */
    @ActivityMethod
    Asked askWindow(AskWindow command);

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
