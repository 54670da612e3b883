package tv.tldr.workflows.scoring;

import org.jspecify.annotations.Nullable;

/** What did the model say of every second along one dimension? */
final class ModelCurve {
    private final @Nullable ModelScore[] scores;

    /** @param scores one a second, null where the model was not asked or gave no answer; not copied */
    ModelCurve(@Nullable ModelScore[] scores) {
        this.scores = scores;
    }

    /** Null where the model said nothing. */
    @Nullable
    ModelScore at(int second) {
        return scores[second];
    }
}
