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
    private final boolean normalized;
    private final Classification classification;
    private final double[] total;
    private final Map<DimensionCurve, Baseline> baselines = new HashMap<>();

    Scores(List<DimensionCurve> dimensions, DimensionSet set, int seconds) {
        this.dimensions = dimensions;
        this.normalized = set.normalizeWeights();
        this.classification = Classification.of(set.types(), set.dimensions());
        this.total = IntStream.range(0, seconds).mapToDouble(this::fuse).toArray();
    }

    private double fuse(int second) {
        double[] parts = parts(second);
        double sum = 0;
        for (int index = 0; index < parts.length; index++) {
            sum += parts[index] * dimensions.get(index).score(second);
        }
        return sum;
    }

    /**
     * Each dimension's part in the whole score of {@code second}: its weight times its confidence, all parts together 1;
     * weights as they are, but never more than 1 together, when the set does not want them normalized. A dimension that
     * could not be measured has none. All NaN when nothing was measured.
     */
    private double[] parts(int second) {
        double[] parts = counted(second);
        double all = sum(parts);
        double whole = whole(all);
        for (int index = 0; index < parts.length; index++) {
            parts[index] = all == 0 ? Double.NaN : parts[index] / whole;
        }
        return parts;
    }

    /** Each weight times how much of its dimension counts. */
    private double[] counted(int second) {
        double[] counted = new double[dimensions.size()];
        for (int index = 0; index < counted.length; index++) {
            DimensionCurve curve = dimensions.get(index);
            double confidence = curve.confidence(second);
            counted[index] = curve.dimension().weight() * (normalized || confidence == 0 ? confidence : 1);
        }
        return counted;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private double whole(double all) {
        return normalized ? all : Math.max(1, all);
    }

    /** What the weights of {@code second}, each as far as its dimension could be told, are divided by to become shares. */
    public double together(int second) {
        return whole(sum(counted(second)));
    }

    /** Each dimension's weight in the set, by id. */
    public Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        dimensions.forEach(
                curve -> weights.put(curve.dimension().id(), curve.dimension().weight()));
        return weights;
    }

    /** Each dimension's part in the whole score of {@code second}, by id; all NaN where nothing was measured. */
    public Map<String, Double> shares(int second) {
        double[] parts = parts(second);
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int index = 0; index < parts.length; index++) {
            shares.put(dimensions.get(index).dimension().id(), parts[index]);
        }
        return shares;
    }

    /** The whole score of each second, 0–1; NaN where nothing was measured. A copy. */
    public double[] total() {
        return total.clone();
    }

    /** How many dimensions could be scored in any second at all. */
    public int dimensionsScored() {
        return (int) dimensions.stream()
                .filter(curve -> IntStream.range(0, total.length).anyMatch(second -> curve.confidence(second) > 0))
                .count();
    }

    /** The scores of {@code second} by dimension, in the order of the set. */
    public Map<String, DimensionScore> dimensions(int second) {
        Map<String, DimensionScore> scores = new LinkedHashMap<>();
        dimensions.forEach(curve -> scores.put(curve.dimension().id(), curve.at(second)));
        return scores;
    }

    /** What the whole score of {@code second} would be if all in it were as usual in this stream. */
    public double usual(int second) {
        double[] parts = parts(second);
        double sum = 0;
        for (int index = 0; index < parts.length; index++) {
            sum += parts[index] * dimensions.get(index).usualScore(second);
        }
        return sum;
    }

    /**
     * A feature's part of a whole score.
     *
     * @param value above its usual, not 0
     * @param own what that value contributes
     * @param all what the feature contributes, with its other values
     */
    private record Part(Term term, double value, double own, double all) {
        Part and(Part other) {
            Part strongest = Math.abs(other.own) > Math.abs(own) ? other : this;
            return new Part(strongest.term, strongest.value, strongest.own, all + other.all);
        }
    }

    /**
     * What lifts or lowers the whole score of {@code second}, strongest first: each feature's part, summed over the
     * dimensions that use it. {@link #total} = {@link #usual} + all contributions. Where dimensions look at a feature
     * over different stretches, its value is the one that counts most, and its weight what makes the whole part of it.
     */
    public List<Contribution> reasons(int second) {
        double[] parts = parts(second);
        Map<String, Part> found = new TreeMap<>();
        for (int index = 0; index < parts.length; index++) {
            DimensionCurve curve = dimensions.get(index);
            double slope = parts[index] * (1 - curve.modelShare(second)) * curve.slope(second);
            for (Term term : curve.terms()) {
                double value = curve.counts(term, second) ? curve.aboveUsual(term, second) : 0;
                if (parts[index] > 0 && value != 0) {
                    double contribution = curve.weight(term, second) * slope * value;
                    found.merge(term.feature(), new Part(term, value, contribution, contribution), Part::and);
                }
            }
        }
        List<Contribution> reasons = new ArrayList<>();
        found.values()
                .forEach(part ->
                        reasons.add(Wording.contribution(part.term(), part.value(), part.all() / part.value())));
        for (int index = 0; index < parts.length; index++) {
            DimensionCurve curve = dimensions.get(index);
            double share = parts[index] * curve.modelShare(second);
            if (share > 0) {
                reasons.add(Wording.model(
                        curve.dimension(),
                        curve.modelScore(second),
                        curve.usualScore(second),
                        share,
                        curve.modelReason(second)));
            }
        }
        reasons.sort(Comparator.comparingDouble(one -> -Math.abs(one.contribution())));
        return reasons;
    }

    /**
     * What a moment with its peak in {@code second} is called: by the set's highlight types, or, when it fits none, after
     * the dimension that stands out most from its own usual.
     */
    public MomentType type(int second) {
        return classification
                .of(scored(second), total[second])
                .orElseGet(() -> new MomentType(strongest(second), null, total[second]));
    }

    /** Why it is called so, in words with numbers. */
    public String naming(int second) {
        return classification
                .reason(scored(second), total[second])
                .orElse(
                        "no highlight type fits; it is called after the dimension that stands out most from its own usual");
    }

    /** The scores of the dimensions that could be scored. */
    private Map<String, Double> scored(int second) {
        Map<String, Double> scores = new HashMap<>();
        for (DimensionCurve curve : dimensions) {
            if (curve.confidence(second) > 0) {
                scores.put(curve.dimension().id(), curve.score(second));
            }
        }
        return scores;
    }

    /** As far as it can be trusted. A rare quality names a moment before one that is always there. */
    private String strongest(int second) {
        String strongest = HighlightType.ANY;
        double most = 0;
        for (DimensionCurve curve : dimensions) {
            double lift = baselines.computeIfAbsent(curve, this::baseline).deviations(curve.score(second), NO_CLAMP)
                    * curve.confidence(second);
            if (lift > most) {
                most = lift;
                strongest = curve.dimension().highlightType();
            }
        }
        return strongest;
    }

    private Baseline baseline(DimensionCurve curve) {
        double[] scores =
                IntStream.range(0, total.length).mapToDouble(curve::score).toArray();
        return Baseline.of(scores, LEAST_SPREAD);
    }
}
