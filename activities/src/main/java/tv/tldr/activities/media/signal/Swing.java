package tv.tldr.activities.media.signal;

import java.util.Arrays;

/** How much of a short curve swings within a range of rates? A few terms of its Fourier series under a Hann window. */
final class Swing {
    private final int span;
    private final double[][] cosines;
    private final double[][] sines;

    /**
     * @param span number of values in a curve
     * @param slowest swings over the whole span
     * @param fastest swings over the whole span
     */
    Swing(int span, int slowest, int fastest) {
        this.span = span;
        this.cosines = new double[fastest - slowest + 1][span];
        this.sines = new double[fastest - slowest + 1][span];
        for (int rate = slowest; rate <= fastest; rate++) {
            for (int i = 0; i < span; i++) {
                double window = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * (i + 0.5) / span);
                double turn = 2 * Math.PI * rate * i / span;
                cosines[rate - slowest][i] = window * StrictMath.cos(turn);
                sines[rate - slowest][i] = window * StrictMath.sin(turn);
            }
        }
    }

    /** The variance that these rates bring about, in the square of the curve's unit. */
    double variance(double[] curve) {
        double mean = Arrays.stream(curve).sum() / span;
        double variance = 0;
        for (int rate = 0; rate < cosines.length; rate++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < span; i++) {
                real += (curve[i] - mean) * cosines[rate][i];
                imaginary += (curve[i] - mean) * sines[rate][i];
            }
            variance += real * real + imaginary * imaginary;
        }
        // Such a window over n values has the weight 3/8 n, and each rate stands for its mirror image too.
        return 2 * variance / (0.375 * span * span);
    }
}
