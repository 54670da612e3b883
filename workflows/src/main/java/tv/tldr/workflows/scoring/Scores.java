package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tv.tldr.workflows.signal.Baseline;

/** What is every second worth, as a whole and along each dimension, and why? */
public final class Scores {
    /** Spread of a dimension's score below which it counts as flat. */
    private static final double LEAST_SPREAD = 0.1;

    private static final double NO_CLAMP = Double.MAX_VALUE;

    private final List<DimensionCurve> dimensions;
    private final double[] total;
    private final Map<DimensionCurve, Baseline> baselines = new HashMap<>();

    Scores(List<DimensionCurve> dimensions, int seconds) {
        this.dimensions = dimensions;
        this.total = IntStream.range(0, seconds).mapToDouble(this::fuse).toArray();
    }

    private double fuse(int second) {
        double[] parts = Fusion.weighted(dimensions, second);
        double sum = 0;
        for (int index = 0; index < parts.length; index++) {
            sum += parts[index] * dimensions.get(index).score(second);
        }
        return sum;
    }

    /** The whole score of each second, 0–1; NaN where nothing was measured. A copy. */
    public double[] total() {
        return total.clone();
    }

    /** The scores of {@code second} by dimension, in the order of the set. */
    public Map<String, DimensionScore> dimensions(int second) {
        Map<String, DimensionScore> scores = new LinkedHashMap<>();
        dimensions.forEach(curve -> scores.put(curve.dimension().id(), curve.at(second)));
        return scores;
    }

    /** What the whole score of {@code second} would be if all in it were as usual in this stream. */
    public double usual(int second) {
        double[] parts = Fusion.weighted(dimensions, second);
        double sum = 0;
        for (int index = 0; index < parts.length; index++) {
            sum += parts[index] * Logistic.of(dimensions.get(index).usualEvidence(second));
        }
        return sum;
    }

    /**
     * What lifts or lowers the whole score of {@code second}, strongest first: each feature's part, summed over the
     * dimensions that use it. {@link #total} = {@link #usual} + all contributions.
     */
    public List<Contribution> reasons(int second) {
        double[] parts = Fusion.weighted(dimensions, second);
        Map<String, Term> terms = new TreeMap<>();
        Map<String, Double> weights = new HashMap<>();
        Map<String, Double> values = new HashMap<>();
        for (int index = 0; index < parts.length; index++) {
            DimensionCurve curve = dimensions.get(index);
            double slope = parts[index] * Logistic.slope(curve.usualEvidence(second), curve.evidence(second));
            for (Term term : curve.dimension().terms()) {
                double value = curve.aboveUsual(term, second);
                if (parts[index] > 0 && Double.isFinite(value) && value != 0) {
                    terms.put(term.feature(), term);
                    values.put(term.feature(), value);
                    weights.merge(term.feature(), curve.weight(term, second) * slope, Double::sum);
                }
            }
        }
        List<Contribution> reasons = new ArrayList<>();
        terms.forEach((feature, term) -> reasons.add(
                Wording.contribution(term, values.getOrDefault(feature, 0.0), weights.getOrDefault(feature, 0.0))));
        reasons.sort(Comparator.comparingDouble(one -> -Math.abs(one.contribution())));
        return reasons;
    }

    /**
     * What a moment with its peak in {@code second} is called: after the dimension that stands out most from its own usual,
     * as far as it can be trusted. A rare quality names a moment before one that is always there.
     */
    public String highlightType(int second) {
        int strongest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < dimensions.size(); index++) {
            DimensionCurve curve = dimensions.get(index);
            double lift = baselines.computeIfAbsent(curve, this::baseline).deviations(curve.score(second), NO_CLAMP)
                    * curve.confidence(second);
            if (lift > most) {
                most = lift;
                strongest = index;
            }
        }
        return dimensions.get(strongest).dimension().highlightType();
    }

    private Baseline baseline(DimensionCurve curve) {
        double[] scores =
                IntStream.range(0, total.length).mapToDouble(curve::score).toArray();
        return Baseline.of(scores, LEAST_SPREAD);
    }
}
