package tv.tldr.workflows.scoring;

/**
 * How is a stream scored?
 *
 * @param strategy who scores
 * @param fusion how several senses become one score
 * @param model what the model said
 * @param modules which senses count at all
 */
public record Scoring(Strategy strategy, Fusion fusion, ModelScores model, ProcessingModules modules) {
    /** By rules alone, each dimension's model as it was fitted. */
    public static final Scoring RULES = rules(Fusion.DEFAULT);

    /** By rules alone, with senses fused as {@code fusion} says. */
    public static Scoring rules(Fusion fusion) {
        return new Scoring(Strategy.RULE_BASED, fusion, ModelScores.NONE, ProcessingModules.ALL);
    }
}
