package tv.tldr.workflows.scoring;

import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * A signal at every scale at which it weighs anything.
     *
     * @param weights one for each of {@link #SCALES}
     */
    public static List<Term> each(SignalKind signal, List<Double> weights) {
        if (weights.size() != SCALES.size()) {
            throw new IllegalArgumentException(
                    signal.wire() + " needs a weight for each of " + SCALES + " seconds, not " + weights);
        }
        return IntStream.range(0, SCALES.size())
                .filter(scale -> weights.get(scale) != 0)
                .mapToObj(scale -> new Term(signal, SCALES.get(scale), weights.get(scale)))
                .toList();
    }

    /** Its name in the ledger, such as {@code onsets.5s}. */
    public String feature() {
        return signal.wire() + "." + scale + "s";
    }
}
