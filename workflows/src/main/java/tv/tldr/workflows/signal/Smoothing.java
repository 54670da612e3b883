package tv.tldr.workflows.signal;

import java.util.Arrays;

/** What does a curve look like from a little further away? Means over windows; a gap stays a gap. */
public final class Smoothing {
    private Smoothing() {}

    /**
     * The mean over {@code width} seconds around each second, shorter at the ends, over what is measured there; NaN in the
     * seconds that have no value of their own.
     *
     * @param width odd number of seconds
     */
    public static double[] mean(double[] curve, int width) {
        if (width < 1 || width % 2 == 0) {
            throw new IllegalArgumentException("a window around a second is 1, 3, 5 … seconds wide, not " + width);
        }
        double[] sum = new double[curve.length + 1];
        int[] count = new int[curve.length + 1];
        for (int second = 0; second < curve.length; second++) {
            boolean measured = Double.isFinite(curve[second]);
            sum[second + 1] = sum[second] + (measured ? curve[second] : 0);
            count[second + 1] = count[second] + (measured ? 1 : 0);
        }
        double[] means = new double[curve.length];
        Arrays.fill(means, Double.NaN);
        for (int second = 0; second < curve.length; second++) {
            int from = Math.max(0, second - width / 2);
            int to = Math.min(curve.length, second + width / 2 + 1);
            if (Double.isFinite(curve[second])) {
                means[second] = (sum[to] - sum[from]) / (count[to] - count[from]);
            }
        }
        return means;
    }
}
