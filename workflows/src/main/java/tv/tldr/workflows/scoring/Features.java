package tv.tldr.workflows.scoring;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import tv.tldr.workflows.signal.Baseline;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Smoothing;

/** What does a model see? Each signal's deviations at each scale, smoothed over time; each computed once, when a dimension first looks at it. */
final class Features {
    /** Two passes of three seconds: a triangle of five, enough to take the flicker and little enough to keep the peak. */
    private static final int SMOOTHING = 3;

    private static final double[] NOT_MEASURED = {};

    private final Deviations deviations;
    private final Map<SignalKind, double[]> smoothed = new EnumMap<>(SignalKind.class);
    private final Map<Seen, double[]> curves = new HashMap<>();

    /** Filled when asked for: medians cost more than all else, and only explanations need them. */
    private final Map<Seen, Double> usual = new HashMap<>();

    private record Seen(SignalKind signal, int scale, Aggregation aggregation) {
        static Seen of(Term term, Aggregation aggregation) {
            return new Seen(term.signal(), term.scale(), aggregation);
        }
    }

    Features(Deviations deviations) {
        this.deviations = deviations;
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
        Seen seen = Seen.of(term, aggregation);
        double[] curve = curves.get(seen);
        if (curve == null) {
            curve = aggregation == Aggregation.MAX
                    ? Smoothing.mean(smoothed(term.signal()), term.scale())
                    : aggregation.over(curve(term, Aggregation.MAX));
            curves.put(seen, curve);
        }
        return curve;
    }

    private double[] smoothed(SignalKind signal) {
        return smoothed.computeIfAbsent(signal, kind -> deviations
                .of(kind)
                .map(curve -> Smoothing.mean(Smoothing.mean(curve, SMOOTHING), SMOOTHING))
                .orElse(NOT_MEASURED));
    }
}
