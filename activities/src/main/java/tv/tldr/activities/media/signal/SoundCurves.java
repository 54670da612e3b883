package tv.tldr.activities.media.signal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import tv.tldr.activities.media.signal.LoudnessReader.Loudness;
import tv.tldr.workflows.signal.SignalKind;

/** What does each second sound like? The audio curves of {@link Signals}, from what was heard. */
final class SoundCurves {
    /** −100 dBFS: quieter than the rounding of 16-bit samples. */
    private static final double LEVEL_FLOOR = 1e-10;
    /** −70 dBFS: the rise out of digital silence into hiss is no onset. */
    private static final double ONSET_FLOOR = 1e-7;
    /** −50 dBFS: what is quieter, people call silent. */
    static final double SILENT = 1e-5;
    /** −70 dBFS: below it a spectrum says nothing. */
    private static final double INAUDIBLE = 1e-7;

    /** 100 Hz to 4 kHz: what even a telephone or a low bit rate carries. */
    private static final int LOWEST = 7;

    private static final int HIGHEST = 256;

    private final Spectra spectra;
    private final Seconds seconds;

    private SoundCurves(Spectra spectra, Seconds seconds) {
        this.spectra = spectra;
        this.seconds = seconds;
    }

    static Map<SignalKind, float[]> of(Spectra spectra, List<Loudness> loudness, Seconds seconds) {
        SoundCurves sound = new SoundCurves(spectra, seconds);
        Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
        curves.put(SignalKind.LOUDNESS, sound.loudest(loudness));
        for (Band band : Band.values()) {
            curves.put(band.kind(), seconds.curve(i -> sound.level(i, step -> spectra.power(band, step))));
        }
        curves.put(SignalKind.ONSETS, seconds.curve(i -> Sound.STEPS * sound.mean(i, sound::rise)));
        curves.put(SignalKind.SPECTRAL_CENTROID, seconds.curve(sound::centroid));
        curves.put(SignalKind.SPECTRAL_FLATNESS, seconds.curve(sound::flatness));
        curves.put(SignalKind.SILENCE, seconds.curve(i -> sound.mean(i, step -> spectra.power(step) < SILENT ? 1 : 0)));
        Likeness likeness = new Likeness(spectra, sound);
        curves.put(SignalKind.SPEECH, seconds.curve(likeness::speech));
        curves.put(SignalKind.CROWD, seconds.curve(likeness::crowd));
        curves.put(SignalKind.MUSIC, seconds.curve(likeness::music));
        return curves;
    }

    /** The first step of the second with this index. */
    int firstStep(int index) {
        return (seconds.first() + index) * Sound.STEPS - spectra.sound().firstStep();
    }

    /** The mean over the steps of a second that are heard; not a number when too few are. */
    double mean(int index, IntToDoubleFunction ofStep) {
        int first = firstStep(index);
        double end = seconds.to(index) - (seconds.first() + index);
        double sum = 0;
        int heard = 0;
        for (int i = 0; i < Sound.STEPS && i < Math.ceil(end * Sound.STEPS - 1e-6); i++) {
            if (spectra.sound().isHeard(first + i)) {
                sum += ofStep.applyAsDouble(first + i);
                heard++;
            }
        }
        return heard < Sound.STEPS * Seconds.LEAST_SHARE ? Double.NaN : sum / heard;
    }

    /** The level of a second, dBFS. */
    double level(int index, IntToDoubleFunction powerOfStep) {
        return Spectra.decibels(mean(index, powerOfStep), LEVEL_FLOOR);
    }

    private double rise(int step) {
        if (step == 0 || !spectra.sound().isHeard(step - 1)) {
            return 0;
        }
        double rise = 0;
        for (Band band : Band.values()) {
            double now = Spectra.decibels(spectra.power(band, step), ONSET_FLOOR);
            double before = Spectra.decibels(spectra.power(band, step - 1), ONSET_FLOOR);
            rise += Math.max(0, now - before);
        }
        return rise;
    }

    private boolean isInaudible(int index) {
        double power = mean(index, spectra::power);
        return Double.isNaN(power) || power < INAUDIBLE;
    }

    private double centroid(int index) {
        if (isInaudible(index)) {
            return Double.NaN;
        }
        float[] spectrum = spectra.mean(firstStep(index) / Sound.STEPS);
        double weighted = 0;
        double sum = 0;
        for (int bin = 2; bin < spectrum.length; bin++) {
            weighted += bin * Spectra.BIN * spectrum[bin];
            sum += spectrum[bin];
        }
        return weighted / sum;
    }

    /** Geometric over arithmetic mean of the second's spectrum; not a number when nothing is heard. */
    double flatness(int index) {
        if (isInaudible(index)) {
            return Double.NaN;
        }
        float[] spectrum = spectra.mean(firstStep(index) / Sound.STEPS);
        double logarithms = 0;
        double sum = 0;
        for (int bin = LOWEST; bin <= HIGHEST; bin++) {
            double power = spectrum[bin] + 1e-12;
            logarithms += StrictMath.log(power);
            sum += power;
        }
        int count = HIGHEST - LOWEST + 1;
        return StrictMath.exp(logarithms / count) / (sum / count);
    }

    /** The loudest 400 ms that lie within the second, so that a blow is told of its own second alone. */
    private float[] loudest(List<Loudness> loudness) {
        float[] curve = seconds.curve(i -> Double.NaN);
        for (Loudness heard : loudness) {
            int index = seconds.index(heard.middle());
            double within = heard.middle() - Math.floor(heard.middle());
            if (index >= 0 && within > 0.15 && within < 0.85 && !Double.isNaN(mean(index, step -> 0))) {
                curve[index] =
                        Float.isNaN(curve[index]) ? (float) heard.lufs() : Math.max(curve[index], (float) heard.lufs());
            }
        }
        return curve;
    }
}
