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
    private final Map<Seen, double[]> aggregated = new HashMap<>();

    /** Filled when asked for: medians cost more than all else, and only explanations need them. */
    private final Map<Seen, Double> usual = new HashMap<>();

    private record Seen(SignalKind signal, int scale, Aggregation aggregation) {
        static Seen of(Term term, Aggregation aggregation) {
            return new Seen(term.signal(), term.scale(), aggregation);
        }
    }

    private Features() {}

    static Features of(Signals signals, Collection<Dimension> dimensions) {
        Features features = new Features();
        Deviations deviations = new Deviations(signals);
        for (Dimension dimension : dimensions) {
            for (Term term : dimension.rules().terms()) {
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
    double value(Term term, Aggregation aggregation, int second) {
        double[] curve = curve(term, aggregation);
        return curve.length == 0 ? Double.NaN : curve[second];
    }

    /** The feature of {@code term} in the stream's usual second; NaN when it was not measured. */
    double usual(Term term, Aggregation aggregation) {
        return usual.computeIfAbsent(Seen.of(term, aggregation), asked -> Baseline.of(curve(term, aggregation), 1)
                .median());
    }

    /** The whole curve of {@code term} as {@code aggregation} sees it; empty when it was not measured. */
    double[] curve(Term term, Aggregation aggregation) {
        double[] curve = curves.getOrDefault(term.signal(), Map.of()).getOrDefault(term.scale(), NOT_MEASURED);
        return aggregation == Aggregation.MAX
                ? curve
                : aggregated.computeIfAbsent(Seen.of(term, aggregation), asked -> aggregation.over(curve));
    }
}
