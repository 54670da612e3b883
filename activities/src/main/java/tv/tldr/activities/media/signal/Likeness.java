package tv.tldr.activities.media.signal;

/**
 * Does a second sound like speech, like a crowd, like music? Products of simple ramps, each from 0 to 1; good for weighing
 * moments of one stream against each other, not for telling what a sound is.
 *
 * <ul>
 *   <li>speech: the level of 200 Hz–3 kHz swings by some decibels at the rate of syllables (2.5–8 Hz), most of what the ear
 *       weighs lies in that band, for a good part of the second, and the spectrum is not that of noise nor of music;
 *   <li>crowd: loud, noise-like, and hardly swinging;
 *   <li>music: each step resembles the one before, and the spectrum has peaks.
 * </ul>
 */
final class Likeness {
    /** Two seconds, for a swing of 2.5 Hz to show. */
    private static final int SPAN = 2 * Sound.STEPS;

    private static final Swing SYLLABLES = new Swing(SPAN, 5, 16);
    /** −60 dBFS: swings in what nobody hears do not count. */
    private static final double SWING_FLOOR = 1e-6;

    private final Spectra spectra;
    private final SoundCurves sound;

    Likeness(Spectra spectra, SoundCurves sound) {
        this.spectra = spectra;
        this.sound = sound;
    }

    double speech(int index) {
        double noise = ramp(flatness(index), 0.08, 0.25);
        double active =
                ramp(sound.mean(index, step -> spectra.speechBand(step) > SoundCurves.SILENT ? 1 : 0), 0.2, 0.6);
        return active
                * ramp(swing(index), 2, 6)
                * ramp(speechShare(index), 0.4, 0.8)
                * (1 - noise)
                * (1 - music(index));
    }

    double crowd(int index) {
        double loud = ramp(sound.level(index, spectra::power), -45, -20);
        return loud * ramp(flatness(index), 0.03, 0.23) * (1 - ramp(swing(index), 1, 4));
    }

    double music(int index) {
        double steady = ramp(sound.mean(index, spectra::resemblance), 0.8, 0.95);
        return audible(index) * steady * (1 - ramp(flatness(index), 0.01, 0.11));
    }

    private double audible(int index) {
        return ramp(sound.level(index, spectra::power), -60, -45);
    }

    private double flatness(int index) {
        double flatness = sound.flatness(index);
        return Double.isNaN(flatness) ? 0 : flatness;
    }

    /** How much of what the ear weighs lies in the band of speech; the bass counts a tenth, as it does for the ear. */
    private double speechShare(int index) {
        double speech = sound.mean(index, spectra::speechBand);
        double others =
                sound.mean(index, step -> spectra.power(Band.TREBLE, step) + spectra.power(Band.BASS, step) / 10);
        return speech / (speech + others + 1e-12);
    }

    /** How far the level of the speech band swings at the rate of syllables: standard deviation, dB. */
    private double swing(int index) {
        int first = sound.firstStep(index) - Sound.STEPS / 2;
        double[] level = new double[SPAN];
        for (int i = 0; i < SPAN; i++) {
            int step = Math.clamp(first + i, 0, spectra.sound().steps() - 1);
            level[i] = Spectra.decibels(spectra.speechBand(step), SWING_FLOOR);
        }
        return Math.sqrt(SYLLABLES.variance(level));
    }

    /** 0 up to {@code low}, 1 from {@code high} on, straight in between; not a number stays so. */
    static double ramp(double value, double low, double high) {
        double ramp = (value - low) / (high - low);
        return ramp < 0 ? 0 : ramp > 1 ? 1 : ramp;
    }
}
