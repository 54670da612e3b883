package tv.tldr.workflows.signal;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How unusual is each second of a signal, counted in robust deviations from its own stream's usual? Each signal is measured
 * when it is first asked for; not for several threads.
 */
public final class Deviations {
    /** The curves that tell in which seconds others are compared. */
    public static final Set<SignalKind> BOUNDING =
            Collections.unmodifiableSet(EnumSet.of(SignalKind.LOUDNESS, SignalKind.CHANGE));

    /** Below this share of the stream, sound or motion is itself the exception and silence or stillness the usual. */
    private static final double USUAL_SHARE = 0.1;

    private final int seconds;
    private final Function<SignalKind, Optional<double[]>> measuring;
    private final Map<SignalKind, Optional<double[]>> measured = new EnumMap<>(SignalKind.class);

    private Deviations(int seconds, Function<SignalKind, Optional<double[]>> measuring) {
        this.seconds = seconds;
        this.measuring = measuring;
    }

    /** Those of a whole stream. */
    public static Deviations of(Signals signals) {
        boolean[] everything = new boolean[signals.seconds()];
        Arrays.fill(everything, true);
        boolean[] audible =
                above(signals, SignalKind.LOUDNESS, NormalizationTable.TABLE.audibleAboveLufs(), everything);
        boolean[] moving = above(signals, SignalKind.CHANGE, NormalizationTable.TABLE.movingAboveChange(), everything);
        return new Deviations(signals.seconds(), kind -> {
            Normalization normalization = Normalization.of(kind);
            boolean[] within =
                    switch (normalization.within()) {
                        case EVERYTHING -> everything;
                        case AUDIBLE -> audible;
                        case MOVING -> moving;
                    };
            return signals.curve(kind).map(curve -> normalize(curve, normalization, within));
        });
    }

    /**
     * The same seconds in another order: what is usual does not depend on it.
     *
     * @param order for each second the one that comes in its place
     */
    public Deviations inOrder(int[] order) {
        return new Deviations(order.length, kind -> of(kind).map(curve -> inOrder(curve, order)));
    }

    private static double[] inOrder(double[] curve, int[] order) {
        double[] values = new double[order.length];
        for (int place = 0; place < order.length; place++) {
            values[place] = curve[order[place]];
        }
        return values;
    }

    public int seconds() {
        return seconds;
    }

    /** One value a second, NaN where there is none, not to be changed; empty when nothing of {@code kind} was measured. */
    public Optional<double[]> of(SignalKind kind) {
        return measured.computeIfAbsent(kind, measuring);
    }

    private static double[] normalize(float[] curve, Normalization normalization, boolean[] within) {
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
    private static boolean[] above(Signals signals, SignalKind kind, double limit, boolean[] everything) {
        return signals.curve(kind)
                .map(curve -> {
                    boolean[] seconds = new boolean[curve.length];
                    for (int second = 0; second < curve.length; second++) {
                        seconds[second] = curve[second] > limit;
                    }
                    return seconds;
                })
                .orElse(everything);
    }
}
