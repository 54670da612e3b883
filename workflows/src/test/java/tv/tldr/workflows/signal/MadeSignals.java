package tv.tldr.workflows.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tv.tldr.workflows.stream.TimeRange;

/** Signals made by hand: every kind at a plausible usual, and what a test says about some seconds. */
public final class MadeSignals {
    private final int seconds;
    private final Map<SignalKind, float[]> curves = new EnumMap<>(SignalKind.class);
    private final List<Double> cuts = new ArrayList<>();
    private final List<TimeRange> pauses = new ArrayList<>();

    private MadeSignals(int seconds) {
        this.seconds = seconds;
    }

    /** A stream in which nothing ever changes. */
    public static MadeSignals flat(int seconds) {
        MadeSignals made = new MadeSignals(seconds);
        for (SignalKind kind : SignalKind.values()) {
            float[] curve = new float[seconds];
            Arrays.fill(curve, usual(kind));
            made.curves.put(kind, curve);
        }
        return made;
    }

    private static float usual(SignalKind kind) {
        return switch (kind) {
            case LOUDNESS, BAND_BASS, BAND_LOW_MID, BAND_HIGH_MID, BAND_TREBLE -> -30;
            case ONSETS -> 80;
            case SPECTRAL_CENTROID -> 800;
            case INTER_BYTES, KEY_BYTES -> 20_000;
            case FRAME_BYTES_SPREAD, BRIGHTNESS -> 0.5f;
            case MOTION -> 3;
            case SPECTRAL_FLATNESS, SPEECH, CROWD, MUSIC, SILENCE, SATURATION, CHANGE -> 0.1f;
            case CUTS, FLASH, STILLNESS, BLACK -> 0;
        };
    }

    /** Adds {@code more} to {@code kind} in the seconds from {@code from} to before {@code to}. */
    public MadeSignals more(SignalKind kind, int from, int to, double more) {
        float[] curve = curves.get(kind);
        for (int second = from; curve != null && second < to; second++) {
            curve[second] += (float) more;
        }
        return this;
    }

    /** Loud, busy and moving in bursts, {@code strength} times as much as is needed to see it. */
    public MadeSignals action(int from, int to, double strength) {
        return more(SignalKind.LOUDNESS, from, to, 6 * strength)
                .more(SignalKind.ONSETS, from, to, 60 * strength)
                .more(SignalKind.FRAME_BYTES_SPREAD, from, to, 0.4 * strength)
                .more(SignalKind.SILENCE, from, to, -0.1);
    }

    public MadeSignals value(SignalKind kind, int second, float value) {
        float[] curve = curves.get(kind);
        if (curve != null) {
            curve[second] = value;
        }
        return this;
    }

    public MadeSignals without(Modality modality) {
        curves.keySet().removeIf(kind -> kind.modality() == modality);
        return this;
    }

    public MadeSignals cut(double time) {
        cuts.add(time);
        return this;
    }

    public MadeSignals pause(double start, double end) {
        pauses.add(new TimeRange(start, end));
        return this;
    }

    public Signals signals() {
        return new Signals(0, seconds, curves, cuts, pauses);
    }
}
