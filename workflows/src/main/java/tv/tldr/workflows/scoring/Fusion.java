package tv.tldr.workflows.scoring;

import java.util.List;

/** How do the scores of several dimensions become one? */
final class Fusion {
    private Fusion() {}

    /**
     * Each dimension's part in the whole score of {@code second}: its weight times its confidence, all parts together 1. A
     * dimension that could not be measured has none. All NaN when nothing was measured.
     */
    static double[] weighted(List<DimensionCurve> dimensions, int second) {
        double[] parts = new double[dimensions.size()];
        double all = 0;
        for (int index = 0; index < parts.length; index++) {
            DimensionCurve curve = dimensions.get(index);
            parts[index] = curve.dimension().weight() * curve.confidence(second);
            all += parts[index];
        }
        for (int index = 0; index < parts.length; index++) {
            parts[index] = all == 0 ? Double.NaN : parts[index] / all;
        }
        return parts;
    }
}
