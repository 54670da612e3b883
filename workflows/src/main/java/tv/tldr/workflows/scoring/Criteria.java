package tv.tldr.workflows.scoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must a moment have to be of a highlight type? All that is set must hold; nothing set fits every moment.
 *
 * @param minScores least score of each of these dimensions, 0–1
 * @param anyOfScores least scores of which one is enough, 0–1
 * @param requiredDimensions dimensions that must have been scored and reach their own threshold
 * @param minTotalScore least value of the formula, or of the whole score when there is no formula; null: any above 0 for
 *     a formula, else any
 * @param scoreFormula a {@link ScoreFormula} over dimension ids and {@code total_score}; null: the whole score
 * @param minDuration least length of a clip of this type, seconds; null: the set's
 * @param maxDuration most length of a clip of this type, seconds; null: the set's
 * @param cooldownPeriod least seconds between two highlights of this type; null: the set's
 */
public record Criteria(
        Map<String, Double> minScores,
        Map<String, Double> anyOfScores,
        List<String> requiredDimensions,
        @Nullable Double minTotalScore,
        @Nullable String scoreFormula,
        @Nullable Double minDuration,
        @Nullable Double maxDuration,
        @Nullable Double cooldownPeriod) {
    /** Fits every moment. */
    public static final Criteria NONE = new Criteria(Map.of(), Map.of(), List.of(), null, null, null, null, null);

    public Criteria {
        minScores = Collections.unmodifiableMap(new LinkedHashMap<>(minScores));
        anyOfScores = Collections.unmodifiableMap(new LinkedHashMap<>(anyOfScores));
        requiredDimensions = List.copyOf(requiredDimensions);
        minScores.forEach(Criteria::requireScore);
        anyOfScores.forEach(Criteria::requireScore);
        if (minDuration != null && !(minDuration >= 1)) {
            throw new IllegalArgumentException("min_duration must be at least 1 second");
        }
        if (maxDuration != null && !(maxDuration >= (minDuration == null ? 1 : minDuration))) {
            throw new IllegalArgumentException("max_duration must be at least min_duration and 1 second");
        }
        if (cooldownPeriod != null && !(cooldownPeriod >= 0)) {
            throw new IllegalArgumentException("cooldown_period must not be negative");
        }
    }

    private static void requireScore(String dimension, double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("the least score of " + dimension + " must be from 0 to 1");
        }
    }

    /** How many conditions a moment must fulfil: a type that asks for more says more. */
    int specificity() {
        return minScores.size()
                + (anyOfScores.isEmpty() ? 0 : 1)
                + requiredDimensions.size()
                + (minTotalScore == null ? 0 : 1)
                + (scoreFormula == null ? 0 : 1);
    }
}
