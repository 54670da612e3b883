package tv.tldr.workflows.selection;

import java.util.Arrays;
import tv.tldr.workflows.scoring.Logistic;
import tv.tldr.workflows.signal.Baseline;

/**
 * How far does the score of a stream go up and down as a matter of course? A highlight is more than the highest of the waves
 * that are always there.
 */
final class Swing {
    /** Parts of the stream on either side of the usual that a wave is measured by, and how many deviations they are. */
    private static final double QUARTER = 0.25;

    private static final double QUARTER_DEVIATIONS = 0.6745;
    private static final double TENTH = 0.1;
    private static final double TENTH_DEVIATIONS = 1.2816;

    private Swing() {}

    /**
     * The standard deviation of the waves, logits of score: the smallest of four estimates, because what happens in a stream,
     * and long silence, widen one side of it and not the other. 0 when nothing was measured.
     */
    static double of(double[] score) {
        double[] sorted = Arrays.stream(score).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return 0;
        }
        double usual = evidence(sorted, 0.5);
        double lower = Math.min(
                (usual - evidence(sorted, QUARTER)) / QUARTER_DEVIATIONS,
                (usual - evidence(sorted, TENTH)) / TENTH_DEVIATIONS);
        double upper = Math.min(
                (evidence(sorted, 1 - QUARTER) - usual) / QUARTER_DEVIATIONS,
                (evidence(sorted, 1 - TENTH) - usual) / TENTH_DEVIATIONS);
        return Math.min(lower, upper);
    }

    private static double evidence(double[] sorted, double share) {
        return Logistic.evidence(Baseline.quantile(sorted, share));
    }
}
