package tv.tldr.workflows.scoring;

import java.util.BitSet;
import tv.tldr.workflows.signal.Modality;

/** What one sense adds to a dimension's evidence, second by second. */
final class Sense {
    private final Modality modality;
    private final double[] sum;
    private final double[] measured;
    private double whole;
    private final BitSet heard = new BitSet();

    Sense(Modality modality, int seconds) {
        this.modality = modality;
        this.sum = new double[seconds];
        this.measured = new double[seconds];
    }

    /** Adds {@code weight} for each unit of {@code curve}, where it was measured. */
    void add(double[] curve, double weight) {
        whole += Math.abs(weight);
        for (int second = 0; second < curve.length; second++) {
            if (Double.isFinite(curve[second])) {
                sum[second] += weight * curve[second];
                measured[second] += Math.abs(weight);
            }
        }
    }

    Modality modality() {
        return modality;
    }

    /** The weighted sum of what was measured. */
    double sum(int second) {
        return sum[second];
    }

    /** The weights of what was measured, added up without their signs. */
    double measured(int second) {
        return measured[second];
    }

    /** The weights of all that was added, measured or not, without their signs. */
    double whole() {
        return whole;
    }

    void hear(int second) {
        heard.set(second);
    }

    void hearAlways() {
        heard.set(0, sum.length);
    }

    /** Whether this sense makes the score of {@code second}. */
    boolean isHeard(int second) {
        return heard.get(second);
    }
}
