package tv.tldr.workflows.scoring;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.signal.Modality;

/**
 * The score of one dimension for one moment.
 *
 * @param score 0–1, on the scale; 0 where nobody scored it
 * @param confidence 0–1: how much of what the dimension needs could be measured; 0: nobody scored it, and it has no share in
 *     the whole
 * @param modalities what each sense alone would score, 0–1; without those that were not measured
 * @param rules what rules alone would score, 0–1, on the scale: {@code logistic(Σ contributions)}, settled; 0 where nobody
 *     scored it
 * @param model what the model says, not settled on the scale; null when it was not asked or when rules are preferred
 * @param modelShare part of the model's score in the whole: {@code score = share × settled model + (1 − share) × rules}, 0–1
 * @param scale the steps that its scores have; null when it is numeric, which has any, and in rows of before
 * @param contributions what made the score of the rules, strongest first
 */
public record DimensionScore(
        double score,
        double confidence,
        Map<Modality, Double> modalities,
        double rules,
        @Nullable ModelScore model,
        double modelShare,
        @Nullable Scale scale,
        List<Contribution> contributions) {
    public DimensionScore {
        modalities = copy(modalities);
        contributions = List.copyOf(contributions);
    }

    /** Rows of before have no scores by sense. */
    private static Map<Modality, Double> copy(@Nullable Map<Modality, Double> modalities) {
        return modalities == null || modalities.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new EnumMap<>(modalities));
    }
}
