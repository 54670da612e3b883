package tv.tldr.workflows.scoring;

import java.util.Locale;
import tv.tldr.workflows.signal.Smoothing;

/** How do the seconds of a moment become its one score along a dimension? */
public enum Aggregation {
    /** As high as its best second: for what happens in an instant. */
    MAX,
    /** The mean of the fifteen seconds around each second: for what must last. */
    MEAN,
    /** The mean of the same seconds, the nearer ones counting more (a triangle): between the two. */
    WEIGHTED_MEAN;

    /** The width at which a moment is seen, seconds: the longest scale of a signal, the shortest highlight by default. */
    private static final int MOMENT = 15;

    /** The curve as this sees it: what a moment with its middle in each second has. NaN stays NaN. */
    double[] over(double[] curve) {
        return switch (this) {
            case MAX -> curve;
            case MEAN -> Smoothing.mean(curve, MOMENT);
            case WEIGHTED_MEAN -> Smoothing.mean(Smoothing.mean(curve, MOMENT / 2), MOMENT / 2);
        };
    }

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
