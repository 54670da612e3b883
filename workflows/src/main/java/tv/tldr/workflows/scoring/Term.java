package tv.tldr.workflows.scoring;

import java.util.List;
import tv.tldr.workflows.signal.SignalKind;

/**
 * One summand of a dimension's model.
 *
 * @param signal what is looked at
 * @param scale over how many seconds, one of {@link #SCALES}
 * @param weight what one robust deviation adds to the dimension's evidence
 */
public record Term(SignalKind signal, int scale, double weight) {
    /** An instant, a beat, a scene: the widths at which every signal is seen, in seconds. */
    public static final List<Integer> SCALES = List.of(1, 5, 15);

    public Term {
        if (!SCALES.contains(scale)) {
            throw new IllegalArgumentException("signals are seen over " + SCALES + " seconds, not over " + scale);
        }
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("the weight of " + signal.wire() + " is not a number");
        }
    }

    /** Its name in the ledger, such as {@code onsets.5s}. */
    public String feature() {
        return signal.wire() + "." + scale + "s";
    }
}
