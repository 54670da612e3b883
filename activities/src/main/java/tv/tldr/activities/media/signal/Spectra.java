package tv.tldr.activities.media.signal;

import java.util.EnumMap;
import java.util.Map;

/**
 * What does each 50 ms step sound like? The four bands, how much it resembles the step before, and the mean spectrum of
 * each second. One Fourier transform a step gives all of it: a tenth of the cost of filters and statistics in FFmpeg.
 */
final class Spectra {
    /** Samples under one transform: the step and a little to either side. */
    static final int SIZE = 1024;
    /** Hz between two frequencies of a spectrum. */
    static final double BIN = (double) Sound.RATE / SIZE;

    private static final int MARGIN = (SIZE - Sound.STEP) / 2;
    private static final int LOWEST_TONE = (int) (60 / BIN);
    private static final int HIGHEST_TONE = (int) (4000 / BIN);

    private final Sound sound;
    private final Map<Band, float[]> bands = new EnumMap<>(Band.class);
    private final float[] resemblance;
    private final float[][] means;

    private Spectra(Sound sound) {
        this.sound = sound;
        this.resemblance = new float[sound.steps()];
        this.means = new float[sound.steps() / Sound.STEPS][SIZE / 2 + 1];
        for (Band band : Band.values()) {
            bands.put(band, new float[sound.steps()]);
        }
    }

    static Spectra of(Sound sound) {
        Spectra spectra = new Spectra(sound);
        Fourier fourier = new Fourier(SIZE);
        float[] power = new float[SIZE / 2 + 1];
        float[] before = new float[SIZE / 2 + 1];
        for (int step = 0; step < sound.steps(); step++) {
            int first = step * Sound.STEP - MARGIN;
            fourier.power(number -> sound.sample(first + number), power);
            spectra.note(step, power, before);
            float[] reused = before;
            before = power;
            power = reused;
        }
        return spectra;
    }

    private void note(int step, float[] power, float[] before) {
        bands.forEach((band, values) -> values[step] = band.of(power));
        resemblance[step] = resemblance(power, before);
        float[] mean = means[step / Sound.STEPS];
        if (sound.isHeard(step)) {
            for (int bin = 0; bin < mean.length; bin++) {
                mean[bin] += power[bin] / Sound.STEPS;
            }
        }
    }

    /** The cosine between two spectra of amplitudes: 1 the same sound, 0.8 steady noise. */
    private static float resemblance(float[] power, float[] before) {
        double product = 0;
        double now = 1e-12;
        double then = 1e-12;
        for (int bin = LOWEST_TONE; bin < HIGHEST_TONE; bin++) {
            product += Math.sqrt((double) power[bin] * before[bin]);
            now += power[bin];
            then += before[bin];
        }
        return (float) (product / Math.sqrt(now * then));
    }

    Sound sound() {
        return sound;
    }

    /** Mean square of a step in one band. */
    double power(Band band, int step) {
        return bands.getOrDefault(band, resemblance)[step];
    }

    /** Mean square of a step. */
    double power(int step) {
        double sum = 0;
        for (float[] values : bands.values()) {
            sum += values[step];
        }
        return sum;
    }

    /** Mean square of what carries speech, 200 Hz to 3 kHz. */
    double speechBand(int step) {
        return power(Band.LOW_MID, step) + power(Band.HIGH_MID, step);
    }

    /** How much a step sounds like the one before, 0–1. */
    double resemblance(int step) {
        return resemblance[step];
    }

    /** Mean square at each frequency over a second of stream time, counted from the first step. */
    float[] mean(int second) {
        return means[second];
    }

    /** Decibels of a mean square; the floor keeps the logarithm of silence finite. */
    static double decibels(double meanSquare, double floor) {
        return 10 * StrictMath.log10(meanSquare + floor);
    }
}
