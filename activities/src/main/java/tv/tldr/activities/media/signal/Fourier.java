package tv.tldr.activities.media.signal;

import java.util.Arrays;

/** How strong is each frequency in a piece of sound? A fast Fourier transform of one fixed, even size. */
final class Fourier {
    private final int size;
    private final double[] cosines;
    private final double[] sines;
    private final double[] window;
    private final double[] real;
    private final double[] imaginary;
    private final double scale;

    /** @param size a power of two */
    Fourier(int size) {
        this.size = size;
        this.cosines = new double[size / 2];
        this.sines = new double[size / 2];
        this.window = new double[size];
        this.real = new double[size];
        this.imaginary = new double[size];
        double weight = 0;
        for (int i = 0; i < size; i++) {
            window[i] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / size);
            weight += window[i] * window[i];
        }
        for (int i = 0; i < size / 2; i++) {
            cosines[i] = StrictMath.cos(2 * Math.PI * i / size);
            sines[i] = -StrictMath.sin(2 * Math.PI * i / size);
        }
        // One-sided, so that the sum over all frequencies is the mean square of the samples.
        this.scale = 2 / (size * weight);
    }

    /** Where the samples come from. */
    @FunctionalInterface
    interface Samples {
        float at(int number);
    }

    /**
     * The mean square at each frequency from 0 to half the sampling rate, under a Hann window.
     *
     * @param power receives {@code size / 2 + 1} values
     */
    void power(Samples samples, float[] power) {
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            int reversed = Integer.reverse(i) >>> shift;
            real[reversed] = samples.at(i) * window[i];
        }
        Arrays.fill(imaginary, 0);
        transform();
        for (int i = 0; i <= size / 2; i++) {
            power[i] = (float) ((real[i] * real[i] + imaginary[i] * imaginary[i]) * scale);
        }
    }

    private void transform() {
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int i = 0; i < half; i++) {
                    butterfly(start + i, start + i + half, i * stride);
                }
            }
        }
    }

    private void butterfly(int upper, int lower, int turn) {
        double turnedReal = real[lower] * cosines[turn] - imaginary[lower] * sines[turn];
        double turnedImaginary = real[lower] * sines[turn] + imaginary[lower] * cosines[turn];
        real[lower] = real[upper] - turnedReal;
        imaginary[lower] = imaginary[upper] - turnedImaginary;
        real[upper] += turnedReal;
        imaginary[upper] += turnedImaginary;
    }
}
