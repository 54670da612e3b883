package tv.tldr.workflows.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tv.tldr.workflows.signal.Baseline;

/** What is every second worth, as a whole and along each dimension, and why? */
public final class Scores {
    /** Spread of a dimension's score below which it counts as flat. */
    private static final double LEAST_SPREAD = 0.1;

    private static final double NO_CLAMP = Double.MAX_VALUE;

    private final List<DimensionCurve> dimensions;
    private final double[] total;
    private final List<Baseline> baselines;

    Scores(List<DimensionCurve> dimensions, int seconds) {
        this.dimensions = dimensions;
        this.total = IntStream.range(0, seconds).mapToDouble(this::fuse).toArray();
        this.baselines = dimensions.stream()
                .map(curve -> Baseline.of(
                        IntStream.range(0, seconds).mapToDouble(curve::score).toArray(), LEAST_SPREAD))
                .toList();
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
        Map<String, Contribution> byFeature = new HashMap<>();
        for (int index = 0; index < parts.length; index++) {
            if (parts[index] > 0) {
                addReasons(dimensions.get(index), parts[index], second, byFeature);
            }
        }
        List<Contribution> reasons = new ArrayList<>(byFeature.values());
        reasons.removeIf(reason -> reason.contribution() == 0);
        reasons.sort(Comparator.comparingDouble((Contribution one) -> -Math.abs(one.contribution()))
                .thenComparing(Contribution::feature));
        return reasons;
    }

    private static void addReasons(DimensionCurve curve, double part, int second, Map<String, Contribution> byFeature) {
        double slope = part * Logistic.slope(curve.usualEvidence(second), curve.evidence(second));
        for (Term term : curve.dimension().terms()) {
            Contribution evidence = curve.contribution(term, second);
            Contribution before = byFeature.get(term.feature());
            double weight = evidence.weight() * slope + (before == null ? 0 : before.weight());
            byFeature.put(term.feature(), Wording.contribution(term, evidence.value(), weight));
        }
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
            double lift = baselines.get(index).deviations(curve.score(second), NO_CLAMP) * curve.confidence(second);
            if (lift > most) {
                most = lift;
                strongest = index;
            }
        }
        return dimensions.get(strongest).dimension().highlightType();
    }
}
