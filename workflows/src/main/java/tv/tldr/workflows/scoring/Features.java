package tv.tldr.workflows.scoring;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import tv.tldr.workflows.signal.Baseline;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.signal.Smoothing;

/** What does a model see? Each signal's deviations at each scale, smoothed over time; computed once for all dimensions. */
final class Features {
    /** Two passes of three seconds: a triangle of five, enough to take the flicker and little enough to keep the peak. */
    private static final int SMOOTHING = 3;

    private static final double[] NOT_MEASURED = {};

    private final Map<SignalKind, Map<Integer, double[]>> curves = new HashMap<>();

    /** Filled when asked for: medians cost more than all else, and only explanations need them. */
    private final Map<Term, Double> usual = new HashMap<>();

    private Features() {}

    static Features of(Signals signals, Collection<Dimension> dimensions) {
        Features features = new Features();
        Deviations deviations = new Deviations(signals);
        for (Dimension dimension : dimensions) {
            for (Term term : dimension.terms()) {
                features.curves.computeIfAbsent(term.signal(), kind -> scales(deviations, kind));
            }
        }
        return features;
    }

    private static Map<Integer, double[]> scales(Deviations deviations, SignalKind kind) {
        Map<Integer, double[]> scales = new HashMap<>();
        deviations.of(kind).ifPresent(seconds -> {
            double[] smooth = Smoothing.mean(Smoothing.mean(seconds, SMOOTHING), SMOOTHING);
            for (int scale : Term.SCALES) {
                scales.put(scale, Smoothing.mean(smooth, scale));
            }
        });
        return scales;
    }

    /** The feature of {@code term} in {@code second}, in robust deviations; NaN when it was not measured. */
    double value(Term term, int second) {
        double[] curve = curve(term);
        return curve.length == 0 ? Double.NaN : curve[second];
    }

    /** The feature of {@code term} in the stream's usual second; NaN when it was not measured. */
    double usual(Term term) {
        return usual.computeIfAbsent(term, asked -> Baseline.of(curve(asked), 1).median());
    }

    /** The whole curve of {@code term}; empty when it was not measured. */
    double[] curve(Term term) {
        Map<Integer, double[]> scales = curves.get(term.signal());
        return scales == null ? NOT_MEASURED : scales.getOrDefault(term.scale(), NOT_MEASURED);
    }
}
