package tv.tldr.workflows.scoring;

import tv.tldr.workflows.signal.Baseline;

/** One signal at one scale as a dimension sees it, over a whole stream. Not for several threads. */
final class Feature {
    private static final double NOT_ASKED = Double.NEGATIVE_INFINITY;

    private final double[] curve;
    private double usual = NOT_ASKED;

    /** @param curve in robust deviations, NaN where there is none; empty when nothing was measured */
    Feature(double[] curve) {
        this.curve = curve;
    }

    /** Not to be changed. */
    double[] curve() {
        return curve;
    }

    /** Its value in {@code second}, in robust deviations; NaN when it was not measured. */
    double at(int second) {
        return curve.length == 0 ? Double.NaN : curve[second];
    }

    /** Its value in the stream's usual second; NaN when it was not measured. Only explanations need it: found when asked for. */
    double usual() {
        if (usual == NOT_ASKED) {
            usual = Baseline.of(curve, 1).median();
        }
        return usual;
    }
}
