package tv.tldr.workflows.selection;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * Which moments are worth comparing with each other before the cut? The strongest that reach the threshold or nearly do: a
 * place may lift the ones over it and take the others below. Who called for a clip gets it, whatever others are like.
 */
public final class Finalists {
    /** So many can be told apart at one look. */
    static final int MOST = 12;

    /** How far below the threshold a moment may still be lifted over it, confidence. */
    private static final double NEAR = 0.2;

    /** Confidence of what is worth paying for. */
    private static final double LEAST = 0.05;

    private Finalists() {}

    /**
     * The finalists, the strongest first; empty when comparing changes nothing, because there are fewer than two or because
     * none reaches the threshold.
     */
    public static List<Candidate> of(
            Signals whole, double duration, DimensionSetChain chain, StreamOptions options, AskedModel model) {
        double threshold = options.highlightThreshold();
        StreamOptions wider = options.keeping(Math.max(LEAST, threshold - NEAR), StreamOptions.MOST_HIGHLIGHTS);
        List<Candidate> strongest = Decision.over(whole, duration, chain, wider, model).selection().kept().stream()
                .filter(one -> !CallReasons.tell(one.reasons()))
                .limit(MOST)
                .toList();
        return strongest.size() < 2 || strongest.getFirst().confidence() < threshold ? List.of() : strongest;
    }

    /**
     * The same selection, in which each finalist says why it was not compared with the others.
     *
     * @param finalists by which the candidates of {@code selection} are found: those with the same peaks
     */
    public static Selection notCompared(Selection selection, List<Candidate> finalists, String reason) {
        Set<Double> peaks = finalists.stream().map(Candidate::peak).collect(toSet());
        List<Candidate> candidates = selection.candidates().stream()
                .map(one -> peaks.contains(one.peak())
                        ? one.explaining("Not compared with the other finalists: " + reason)
                        : one)
                .toList();
        return new Selection(candidates, selection.emptyReason());
    }

    /** The seconds of their peaks, by which a {@link Comparison} knows them. */
    public static List<Integer> seconds(List<Candidate> finalists) {
        return finalists.stream().map(one -> (int) one.peak()).toList();
    }
}
