package tv.tldr.workflows.signal;

import java.util.Arrays;
import java.util.Optional;

/** How unusual is each second of a signal, counted in robust deviations from its own stream's usual? */
public final class Deviations {
    /** Below this share of the stream, sound or motion is itself the exception and silence or stillness the usual. */
    private static final double USUAL_SHARE = 0.1;

    private final Signals signals;
    private final boolean[] audible;
    private final boolean[] moving;

    public Deviations(Signals signals) {
        this.signals = signals;
        this.audible = above(SignalKind.LOUDNESS, NormalizationTable.TABLE.audibleAboveLufs());
        this.moving = above(SignalKind.CHANGE, NormalizationTable.TABLE.movingAboveChange());
    }

    /** One value a second, NaN where there is none; empty when nothing of {@code kind} was measured. */
    public Optional<double[]> of(SignalKind kind) {
        return signals.curve(kind).map(curve -> normalize(curve, Normalization.of(kind)));
    }

    private double[] normalize(float[] curve, Normalization normalization) {
        boolean[] within =
                switch (normalization.within()) {
                    case EVERYTHING -> everything();
                    case AUDIBLE -> audible;
                    case MOVING -> moving;
                };
        double[] values = new double[curve.length];
        double[] inside = new double[curve.length];
        for (int second = 0; second < curve.length; second++) {
            values[second] = normalization.apply(valueAt(second, curve, normalization, within));
            inside[second] = within[second] ? values[second] : Double.NaN;
        }
        Baseline baseline = Baseline.of(isUsual(inside, values) ? inside : values, normalization.spreadAtLeast());
        double clamp = NormalizationTable.TABLE.clamp();
        return Arrays.stream(values)
                .map(value -> baseline.deviations(value, clamp))
                .toArray();
    }

    private static float valueAt(int second, float[] curve, Normalization normalization, boolean[] within) {
        Double outside = normalization.outside();
        if (outside == null || within[second] || Float.isNaN(curve[second])) {
            return curve[second];
        }
        return outside.floatValue();
    }

    private static boolean isUsual(double[] inside, double[] values) {
        long counted = Arrays.stream(inside).filter(Double::isFinite).count();
        long all = Arrays.stream(values).filter(Double::isFinite).count();
        return counted >= USUAL_SHARE * all;
    }

    /** The seconds in which {@code kind} is above {@code limit}; all of them when it was never measured. */
    private boolean[] above(SignalKind kind, double limit) {
        return signals.curve(kind)
                .map(curve -> {
                    boolean[] seconds = new boolean[curve.length];
                    for (int second = 0; second < curve.length; second++) {
                        seconds[second] = curve[second] > limit;
                    }
                    return seconds;
                })
                .orElseGet(this::everything);
    }

    private boolean[] everything() {
        boolean[] seconds = new boolean[signals.seconds()];
        Arrays.fill(seconds, true);
        return seconds;
    }
}
