package tv.tldr.workflows.scoring;

/**
 * What is a whole score worth, in a stream of this kind?
 *
 * @param sure the score that counts as confidence 0.8 in an ordinary stream
 * @param steepness confidence logits for each logit of score
 */
public record Calibration(double sure, double steepness) {
    public Calibration {
        if (!(sure > 0 && sure < 1) || !(steepness > 0)) {
            throw new IllegalArgumentException("0 < sure < 1 and a positive steepness must hold");
        }
    }
}
