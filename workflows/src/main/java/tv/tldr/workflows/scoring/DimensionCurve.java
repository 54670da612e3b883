package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is every second of a stream worth along one dimension, and why? */
final class DimensionCurve {
    private final Dimension dimension;
    private final Features features;
    private final double wholeWeight;
    private final double[] measuredWeight;
    private final double[] evidence;

    DimensionCurve(Dimension dimension, Features features, int seconds) {
        this.dimension = dimension;
        this.features = features;
        this.measuredWeight = new double[seconds];
        this.evidence = new double[seconds];
        double whole = 0;
        for (Term term : dimension.terms()) {
            whole += Math.abs(term.weight());
            add(term, features.curve(term));
        }
        this.wholeWeight = whole;
        for (int second = 0; second < seconds; second++) {
            evidence[second] = dimension.usual() + emphasis(second) * evidence[second];
        }
    }

    private void add(Term term, double[] curve) {
        for (int second = 0; second < curve.length; second++) {
            if (Double.isFinite(curve[second])) {
                evidence[second] += term.weight() * curve[second];
                measuredWeight[second] += Math.abs(term.weight());
            }
        }
    }

    /**
     * How much more the measured terms count because others are missing. The square root: what is left is stretched, but
     * does not speak with the full voice of all.
     */
    private double emphasis(int second) {
        return measuredWeight[second] == 0 ? 0 : Math.sqrt(wholeWeight / measuredWeight[second]);
    }

    Dimension dimension() {
        return dimension;
    }

    double evidence(int second) {
        return evidence[second];
    }

    /** 0–1. */
    double score(int second) {
        return Logistic.of(evidence[second]);
    }

    /** 0–1: what signals can tell of this dimension, times the part of them that was measured. */
    double confidence(int second) {
        return wholeWeight == 0 ? 0 : dimension.reach() * measuredWeight[second] / wholeWeight;
    }

    /** What the evidence of {@code second} would be if all that was measured in it were as usual in this stream. */
    double usualEvidence(int second) {
        double sum = dimension.usual();
        for (Term term : dimension.terms()) {
            if (Double.isFinite(features.value(term, second))) {
                sum += weight(term, second) * features.usual(term);
            }
        }
        return sum;
    }

    /** How far {@code term} is above the stream's usual, in robust deviations; NaN when it was not measured. */
    double aboveUsual(Term term, int second) {
        return features.value(term, second) - features.usual(term);
    }

    /** What one deviation of {@code term} adds to the evidence of {@code second}. */
    double weight(Term term, int second) {
        return emphasis(second) * term.weight();
    }

    /** The score of {@code second} with the summands of its evidence: {@code score = logistic(Σ contributions)}. */
    DimensionScore at(int second) {
        List<Contribution> contributions = new ArrayList<>();
        contributions.add(Wording.usual(usualEvidence(second)));
        for (Term term : dimension.terms()) {
            double value = aboveUsual(term, second);
            contributions.add(
                    Double.isFinite(value)
                            ? Wording.contribution(term, value, weight(term, second))
                            : Wording.notMeasured(term));
        }
        contributions.sort(Comparator.comparingDouble((Contribution one) -> -Math.abs(one.contribution()))
                .thenComparing(Contribution::feature));
        return new DimensionScore(score(second), confidence(second), contributions);
    }
}
