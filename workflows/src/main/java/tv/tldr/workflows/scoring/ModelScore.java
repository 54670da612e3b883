package tv.tldr.workflows.scoring;

/**
 * What the model says of a moment along one dimension.
 *
 * @param score 0–1
 * @param confidence 0–1, the model's own
 * @param reason one sentence of the model; may be empty
 */
public record ModelScore(double score, double confidence, String reason) {
    /** Looked at and not found. */
    public static final ModelScore NOTHING = new ModelScore(0, 1, "");

    public ModelScore {
        if (!(score >= 0 && score <= 1) || !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("the model's score and confidence must be from 0 to 1");
        }
    }
}
