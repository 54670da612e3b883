package tv.tldr.workflows.scoring;

/** From evidence to a score between 0 and 1 and back, the same on every platform. */
public final class Logistic {
    /** Evidence beyond this is certainty either way; keeps logits finite. */
    private static final double MOST = 30;

    private Logistic() {}

    /** {@code 1 / (1 + e^-evidence)}. */
    public static double of(double evidence) {
        return 1 / (1 + StrictMath.exp(-evidence));
    }

    /** The evidence that gives {@code score}. */
    public static double evidence(double score) {
        double evidence = StrictMath.log(score / (1 - score));
        return Math.max(-MOST, Math.min(MOST, evidence));
    }

    /** The score that is {@code more} evidence above {@code score}. */
    public static double moved(double score, double more) {
        return of(evidence(score) + more);
    }

    /** What one unit of evidence adds on the way from {@code from} to {@code to}: the slope of the secant. */
    public static double slope(double from, double to) {
        double apart = to - from;
        if (Math.abs(apart) < 1e-9) {
            double score = of(from);
            return score * (1 - score);
        }
        return (of(to) - of(from)) / apart;
    }
}
