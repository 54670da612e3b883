package tv.tldr.workflows.selection;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.AskedModel;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.scoring.DimensionSetChain.Choice;
import tv.tldr.workflows.scoring.ModelScores;
import tv.tldr.workflows.scoring.RuleScorer;
import tv.tldr.workflows.signal.Deviations;
import tv.tldr.workflows.signal.SignalKind;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * What is decided over a whole stream: by the first of its dimension sets that can score it.
 *
 * @param set id of that set; null when too little could be scored by any
 * @param selection what was selected, or why nothing
 */
public record Decision(@Nullable String set, Selection selection) {
    /** The curves that deciding by a chain's sets looks at, or that tell what there is to look at; others change nothing. */
    public static Set<SignalKind> looksAt(DimensionSetChain chain) {
        Set<SignalKind> kinds = EnumSet.of(Anchors.SPOKEN);
        kinds.addAll(Deviations.BOUNDING);
        chain.sets().stream()
                .flatMap(set -> set.definition().dimensions().stream())
                .flatMap(dimension -> dimension.rules().terms().stream())
                .forEach(term -> kinds.add(term.signal()));
        return kinds;
    }

    /**
     * Decides; the same for the same arguments, whoever asks.
     *
     * @param whole signals from second 0
     * @param duration seconds of the stream
     * @param model counts as far as the options' strategy listens to it
     */
    public static Decision over(
            Signals whole, double duration, DimensionSetChain chain, StreamOptions options, AskedModel model) {
        return over(whole, duration, chain, options, model, List.of());
    }

    /**
     * The same with what came of comparing the finalists.
     *
     * @param comparisons all that are stored, the latest first; those of other finalists are passed over
     */
    public static Decision over(
            Signals whole,
            double duration,
            DimensionSetChain chain,
            StreamOptions options,
            AskedModel model,
            List<Comparison> comparisons) {
        Function<DimensionSet, ModelScores> said = set -> options.strategy().asksModel()
                ? model.along(set, options.modules(), whole, duration)
                : ModelScores.NONE;
        List<Comparison> alike = comparisons.stream()
                .filter(one -> one.modules().showsAsMuchAs(options.modules(), whole))
                .toList();
        return switch (chain.choose(set -> scored(whole, set, options, said.apply(set)))) {
            case Choice.Chosen chosen -> {
                DimensionSet set = chosen.set().definition();
                yield new Decision(
                        set.id(),
                        HighlightSelection.select(
                                whole, duration, set, options, said.apply(set), model.transcript(), alike));
            }
            case Choice.TooFewDimensions none -> {
                String reason = none.reason() + options.modules().leftOut(whole);
                yield new Decision(null, new Selection(List.of(), reason));
            }
        };
    }

    private static int scored(Signals whole, DimensionSet set, StreamOptions options, ModelScores model) {
        return RuleScorer.score(whole, set, options.scoring(model)).dimensionsScored();
    }
}
