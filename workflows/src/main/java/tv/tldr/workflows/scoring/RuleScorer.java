package tv.tldr.workflows.scoring;

import java.util.List;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.Signals;

/** What is every second of a stream worth, by rules over its signals alone? */
public final class RuleScorer {
    private RuleScorer() {}

    /**
     * The scores of all seconds of {@code signals}. Pure: the same input gives the same output on every platform. A signal
     * that is missing drops out of the models that use it, and their confidence falls.
     */
    public static Scores score(Signals signals, DimensionSet set) {
        return score(signals, set, Scoring.RULES);
    }

    /** The same with senses fused and the model listened to as {@code how} says. */
    public static Scores score(Signals signals, DimensionSet set, Scoring how) {
        return score(Deviations.of(signals.only(how.modules().senses())), set, how);
    }

    /** The same where how unusual each second is has been measured already, of the senses that count. */
    public static Scores score(Deviations deviations, DimensionSet set, Scoring how) {
        Features features = new Features(deviations);
        List<DimensionCurve> curves = set.dimensions().stream()
                .map(dimension -> new DimensionCurve(dimension, features, how, deviations.seconds()))
                .toList();
        return new Scores(curves, set, deviations.seconds());
    }
}
