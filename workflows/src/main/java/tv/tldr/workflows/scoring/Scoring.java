package tv.tldr.workflows.scoring;

/**
 * How is a stream scored?
 *
 * @param strategy who scores
 * @param fusion how several senses become one score
 * @param model what the model said
 */
public record Scoring(Strategy strategy, Fusion fusion, ModelScores model) {
    /** By rules alone, each dimension's model as it was fitted. */
    public static final Scoring RULES = new Scoring(Strategy.RULE_BASED, Fusion.DEFAULT, ModelScores.NONE);
}
