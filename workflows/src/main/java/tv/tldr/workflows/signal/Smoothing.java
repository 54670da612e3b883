package tv.tldr.workflows.signal;

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
        boolean whole = true;
        for (int second = 0; second < curve.length; second++) {
            boolean measured = Double.isFinite(curve[second]);
            sum[second + 1] = sum[second] + (measured ? curve[second] : 0);
            whole &= measured;
        }
        return whole ? wholeMean(sum, width / 2) : meanOfMeasured(curve, sum, width / 2);
    }

    /** Most curves have no gaps, and are looked at many times. */
    private static double[] wholeMean(double[] sum, int half) {
        double[] means = new double[sum.length - 1];
        for (int second = 0; second < means.length; second++) {
            int from = Math.max(0, second - half);
            int to = Math.min(means.length, second + half + 1);
            means[second] = (sum[to] - sum[from]) / (to - from);
        }
        return means;
    }

    private static double[] meanOfMeasured(double[] curve, double[] sum, int half) {
        int[] count = new int[curve.length + 1];
        for (int second = 0; second < curve.length; second++) {
            count[second + 1] = count[second] + (Double.isFinite(curve[second]) ? 1 : 0);
        }
        double[] means = new double[curve.length];
        for (int second = 0; second < curve.length; second++) {
            int from = Math.max(0, second - half);
            int to = Math.min(curve.length, second + half + 1);
            means[second] =
                    Double.isFinite(curve[second]) ? (sum[to] - sum[from]) / (count[to] - count[from]) : Double.NaN;
        }
        return means;
    }
}
