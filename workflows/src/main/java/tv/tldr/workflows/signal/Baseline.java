package tv.tldr.workflows.signal;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.numbers.arrays.Selection;

/**
 * What is usual here? Median and spread of one signal over its own stream, neither moved by a few loud minutes.
 *
 * @param median the usual value; NaN when nothing was measured
 * @param spread the interquartile range, scaled to be a standard deviation; positive
 */
public record Baseline(double median, double spread) {
    /** Interquartile range of a normal distribution with standard deviation 1. */
    private static final double QUARTILES_APART = 1.349;

    /**
     * The baseline of {@code values}; those that are not numbers do not count.
     *
     * @param spreadAtLeast the smallest spread that counts as variation: tiny wobbles are not blown up
     */
    public static Baseline of(double[] values, double spreadAtLeast) {
        double[] finite = finite(values);
        if (finite.length == 0) {
            return new Baseline(Double.NaN, spreadAtLeast);
        }
        Selection.select(finite, neighbours(finite.length));
        double apart = quantile(finite, 0.75) - quantile(finite, 0.25);
        return new Baseline(quantile(finite, 0.5), Math.max(apart / QUARTILES_APART, spreadAtLeast));
    }

    /** Where the values must stand in order for the quartiles to be read. */
    private static int[] neighbours(int length) {
        return DoubleStream.of(0.25, 0.5, 0.75)
                .mapToInt(share -> (int) (share * (length - 1)))
                .flatMap(below -> IntStream.of(below, Math.min(below + 1, length - 1)))
                .toArray();
    }

    private static double[] finite(double[] values) {
        double[] finite = new double[values.length];
        int count = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                finite[count++] = value;
            }
        }
        return Arrays.copyOf(finite, count);
    }

    /** How many spreads {@code value} lies above the usual, at most {@code clamp} either way. */
    public double deviations(double value, double clamp) {
        double deviations = (value - median) / spread;
        return Math.max(-clamp, Math.min(clamp, deviations));
    }

    /** The value below which {@code share} of {@code sorted} lies, interpolated between neighbours. */
    public static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
