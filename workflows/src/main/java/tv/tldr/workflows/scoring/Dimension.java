package tv.tldr.workflows.scoring;

import java.util.List;

/**
 * One measurable quality of a moment and the additive model that scores it from signals:
 * {@code score = logistic(usual + Σ weight × deviation)}.
 *
 * @param id unique within its set, such as {@code action_intensity}
 * @param name for people
 * @param description what a high score means
 * @param highlightType what a moment is called that is strongest in this dimension
 * @param weight its share when the dimensions become one score, positive
 * @param reach 0–1: how much of this quality signals can tell at all, without words or AI
 * @param origin where the weights come from, in a sentence
 * @param usual evidence of a second in which every signal is at its usual, in logits
 * @param terms what is added to it; none: signals tell nothing about this dimension
 */
public record Dimension(
        String id,
        String name,
        String description,
        String highlightType,
        double weight,
        double reach,
        String origin,
        double usual,
        List<Term> terms) {
    public Dimension {
        if (id.isBlank() || highlightType.isBlank()) {
            throw new IllegalArgumentException("a dimension needs an id and a highlight type");
        }
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("the weight of " + id + " must be positive");
        }
        if (!(reach >= 0 && reach <= 1)) {
            throw new IllegalArgumentException("the reach of " + id + " must be from 0 to 1");
        }
        if (!Double.isFinite(usual)) {
            throw new IllegalArgumentException("the usual evidence of " + id + " is not a number");
        }
        terms = List.copyOf(terms);
    }
}
