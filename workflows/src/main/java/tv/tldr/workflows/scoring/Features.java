package tv.tldr.workflows.scoring;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<Seen, Feature> features = new HashMap<>();

    private record Seen(SignalKind signal, int scale, Aggregation aggregation) {}

    Features(Deviations deviations) {
        this.deviations = deviations;
    }

    /** What {@code term} looks at, as {@code aggregation} sees it. */
    Feature of(Term term, Aggregation aggregation) {
        Seen seen = new Seen(term.signal(), term.scale(), aggregation);
        Feature feature = features.get(seen);
        if (feature == null) {
            feature = new Feature(
                    aggregation == Aggregation.MAX
                            ? Smoothing.mean(smoothed(term.signal()), term.scale())
                            : aggregation.over(of(term, Aggregation.MAX).curve()));
            features.put(seen, feature);
        }
        return feature;
    }

    private double[] smoothed(SignalKind signal) {
        return smoothed.computeIfAbsent(signal, kind -> deviations
                .of(kind)
                .map(curve -> Smoothing.mean(Smoothing.mean(curve, SMOOTHING), SMOOTHING))
                .orElse(NOT_MEASURED));
    }
}
