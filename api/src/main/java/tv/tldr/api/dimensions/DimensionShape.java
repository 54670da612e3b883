package tv.tldr.api.dimensions;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionType;
import tv.tldr.workflows.scoring.Examples;
import tv.tldr.workflows.scoring.RuleModel;
import tv.tldr.workflows.scoring.Term;
import tv.tldr.workflows.signal.Modality;

/**
 * What does a client see of a dimension? All that makes it: the same may be sent back.
 *
 * @param range what 0 and 1 are called in the dimension's own unit
 * @param categories the score of each; null unless the type is categorical
 */
public record DimensionShape(
        String id,
        String name,
        String description,
        String type,
        List<Double> range,
        @Nullable Map<String, Double> categories,
        double weight,
        List<String> modalities,
        @Nullable String scoringPrompt,
        Examples examples,
        String aggregation,
        double threshold,
        boolean preferRules,
        String highlightType,
        Rules rules) {

    /**
     * How signals score it.
     *
     * @param usual evidence of an ordinary second, in logits
     * @param signals what one robust deviation adds, by signal, over 1, 5 and 15 seconds
     */
    public record Rules(String origin, double reach, double usual, Map<String, List<Double>> signals) {
        static Rules of(RuleModel model) {
            Map<String, double[]> weights = new TreeMap<>();
            for (Term term : model.terms()) {
                double[] scales = weights.computeIfAbsent(term.signal().wire(), name -> new double[Term.SCALES.size()]);
                scales[Term.SCALES.indexOf(term.scale())] += term.weight();
            }
            Map<String, List<Double>> signals = new LinkedHashMap<>();
            weights.forEach((signal, scales) -> signals.put(signal, List.of(scales[0], scales[1], scales[2])));
            return new Rules(model.origin(), model.reach(), model.usual(), signals);
        }
    }

    public static DimensionShape of(Dimension dimension) {
        return new DimensionShape(
                dimension.id(),
                dimension.name(),
                dimension.description(),
                dimension.scale().type().wire(),
                List.of(dimension.scale().lowest(), dimension.scale().highest()),
                dimension.scale().type() == DimensionType.CATEGORICAL
                        ? dimension.scale().categories()
                        : null,
                dimension.weight(),
                dimension.modalities().stream()
                        .sorted(Comparator.naturalOrder())
                        .map(Modality::wire)
                        .toList(),
                dimension.scoringPrompt(),
                dimension.examples(),
                dimension.aggregation().wire(),
                dimension.scale().threshold(),
                dimension.preferRules(),
                dimension.highlightType(),
                Rules.of(dimension.rules()));
    }
}
