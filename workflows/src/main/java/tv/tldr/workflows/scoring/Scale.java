package tv.tldr.workflows.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which scores can a dimension have, and in which words or units are they told?
 *
 * @param type numeric, binary or categorical
 * @param lowest what 0 is called in the dimension's own unit, such as 0 goals; for numeric dimensions
 * @param highest what 1 is called, greater than {@code lowest}
 * @param categories the score of each category, 0–1, at least two of a categorical dimension, none of others
 * @param threshold 0–1: from here on a moment counts as having the quality
 */
public record Scale(
        DimensionType type, double lowest, double highest, Map<String, Double> categories, double threshold) {
    /** Any score from 0 to 1, with the quality from the middle on. */
    public static final Scale NUMERIC = new Scale(DimensionType.NUMERIC, 0, 1, Map.of(), 0.5);

    /** The most categories of a categorical dimension. */
    public static final int MOST_CATEGORIES = 20;

    public Scale {
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        if (!(lowest < highest) || Double.isInfinite(lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException("the range must go from a lower to a higher number");
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold must be from 0 to 1");
        }
        boolean categorical = type == DimensionType.CATEGORICAL;
        if (categorical ? categories.size() < 2 || categories.size() > MOST_CATEGORIES : !categories.isEmpty()) {
            throw new IllegalArgumentException(
                    "a categorical dimension has from 2 to " + MOST_CATEGORIES + " categories, any other none");
        }
        for (double score : categories.values()) {
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("the score of a category must be from 0 to 1");
            }
        }
    }

    /** The score on this scale that {@code score}, any from 0 to 1, stands for. NaN stays NaN. */
    double settle(double score) {
        return switch (type) {
            case NUMERIC -> score;
            case BINARY -> Double.isNaN(score) ? score : score >= threshold ? 1 : 0;
            case CATEGORICAL -> Double.isNaN(score) ? score : step(score);
        };
    }

    /** The highest category that {@code score} reaches, or the lowest. */
    private double step(double score) {
        double reached = Double.NEGATIVE_INFINITY;
        double lowestOfAll = Double.POSITIVE_INFINITY;
        for (double category : categories.values()) {
            lowestOfAll = Math.min(lowestOfAll, category);
            if (category <= score) {
                reached = Math.max(reached, category);
            }
        }
        return Math.max(reached, lowestOfAll);
    }
}
