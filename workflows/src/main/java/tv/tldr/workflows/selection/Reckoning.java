package tv.tldr.workflows.selection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How does a moment come to its confidence by its score, number by number, so that a person can do it again?
 *
 * <ol>
 *   <li>{@code share = weight × told / together}, with how much of the dimension could be told, 0–1
 *   <li>{@code score = Σ share × dimension score}
 *   <li>{@code alone = standsOut × logistic(logit(0.8) + steepness × (logit(score) − logit(level)))}, with {@code logit(x) = ln(x
 *       / (1 − x))}, held to ±30, and {@code logistic(x) = 1 / (1 + e^−x)}
 *   <li>{@code confidence = alone}, or, when {@code rank > most}, at most {@code 0.75 + 0.196 × (alone − 0.75)}
 * </ol>
 *
 * @param shares each dimension's part in the score, by id: its weight times how much of it could be told, all together 1
 * @param score of the peak, 0–1
 * @param level the score that counts as confidence 0.8 in this stream, 0–1
 * @param steepness confidence logits for each logit of score
 * @param standsOut 0 at the stream's usual second, 1 from what stands out from it
 * @param rank its place among those that stand for themselves, from 1
 * @param most how many of them may have all of their confidence
 * @param alone its confidence whatever the others are, 0–1
 * @param confidence the same among the others, 0–1; a call for it or a comparison may still change that
 * @param weights of the dimensions in the set, by id; empty in what was written down before they were
 * @param together what all weights times what was told come to, or 1 where the set wants weights as they are and they come to
 *     less
 * @param naming why it is called what it is called, in words with numbers; null in what was written down before that was
 */
public record Reckoning(
        Map<String, Double> shares,
        double score,
        double level,
        double steepness,
        double standsOut,
        int rank,
        int most,
        double alone,
        double confidence,
        Map<String, Double> weights,
        double together,
        @Nullable String naming) {
    /** The confidence of a score at the level. */
    public static final double AT_LEVEL = 0.8;

    /** From here on the confidence of what is beyond {@link #most} is squeezed, so that it keeps its order. */
    public static final double SQUEEZED_FROM = 0.75;

    /** What it has at most, however strong it is. */
    private static final double HIGHEST_OF_THE_CROWD = 0.799;

    /** What is left there of each step of confidence: what it has at most is under {@link #AT_LEVEL}. */
    public static final double SQUEEZE = (HIGHEST_OF_THE_CROWD - SQUEEZED_FROM) / (1 - SQUEEZED_FROM);

    public Reckoning {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        weights = weights == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
}
