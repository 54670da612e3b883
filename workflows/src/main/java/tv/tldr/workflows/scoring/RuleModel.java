package tv.tldr.workflows.scoring;

import java.util.List;

/**
 * The additive model that scores a dimension from signals: {@code score = logistic(usual + Σ weight × deviation)}.
 *
 * @param reach 0–1: how much of the quality signals can tell at all, without words or AI
 * @param origin where the weights come from, in a sentence
 * @param usual evidence of a second in which every signal is at its usual, in logits
 * @param terms what is added to it; none: signals tell nothing
 */
public record RuleModel(double reach, String origin, double usual, List<Term> terms) {
    /** Signals tell nothing; only AI can score. */
    public static final RuleModel NONE = new RuleModel(0, "Signals tell nothing of it.", -1, List.of());

    public RuleModel {
        if (!(reach >= 0 && reach <= 1)) {
            throw new IllegalArgumentException("the reach must be from 0 to 1");
        }
        if (!Double.isFinite(usual)) {
            throw new IllegalArgumentException("the usual evidence is not a number");
        }
        terms = List.copyOf(terms);
    }

    /** Whether signals can tell anything of the dimension. */
    public boolean tellsAnything() {
        return reach > 0 && !terms.isEmpty();
    }
}
