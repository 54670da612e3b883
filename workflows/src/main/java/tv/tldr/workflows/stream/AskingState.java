package tv.tldr.workflows.stream;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.AskingActivities.Compared;

/**
 * How far has the model been asked?
 *
 * @param windows how many windows are planned; -1 until there is a plan
 * @param done so many of them from the beginning were asked about, answered or not
 * @param answered so many of them have an answer
 * @param costMicroUsd what was spent, millionths of a US dollar
 * @param givenUp why no further window is asked about, one sentence; null when all are
 * @param compared what came of comparing the finalists; null until it is known, or when there is nobody to ask
 */
public record AskingState(
        int windows,
        int done,
        int answered,
        long costMicroUsd,
        @Nullable String givenUp,
        @Nullable Compared compared) {
    /** Nobody was asked and nothing is planned. */
    public static final AskingState NOT_PLANNED = new AskingState(-1, 0, 0, 0, null, null);
}
