package tv.tldr.workflows.evaluation;

/**
 * How much of what was given is right, and how much of what is right was given?
 *
 * @param precision 0–1; 1 when nothing was given and nothing was to be found, 0 when only nothing was given
 * @param recall 0–1; 1 when there was nothing to be found
 */
public record Accuracy(double precision, double recall) {
    /** From counts of right among given and of found among true. */
    static Accuracy of(double right, double given, double found, double truth) {
        double recall = truth == 0 ? 1 : found / truth;
        double precision = given == 0 ? (truth == 0 ? 1 : 0) : right / given;
        return new Accuracy(precision, recall);
    }

    /** Harmonic mean of the two, 0–1. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
