package tv.tldr.api.highlights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;
import tv.tldr.workflows.scoring.ModelScore;
import tv.tldr.workflows.scoring.Scale;
import tv.tldr.workflows.signal.Modality;

/**
 * How did one dimension score and why?
 *
 * @param modalities what each sense alone would score, by its name; without those that were not measured
 * @param rules what rules alone would score, 0–1, on the scale
 * @param model what the model says; null when it was not asked or when rules are preferred
 * @param modelShare part of the model's score in the whole, 0–1
 * @param scale onto which the rules' and the model's score are settled; null: any score from 0 to 1 as it is
 * @param reasons strongest first, in words
 * @param contributions the same in numbers; null in a list of the view {@code basic}
 */
record DimensionResponse(
        double score,
        double confidence,
        Map<String, Double> modalities,
        double rules,
        @Nullable ModelScore model,
        double modelShare,
        @Nullable ScaleResponse scale,
        List<String> reasons,
        @Nullable List<Contribution> contributions) {
    private static DimensionResponse of(DimensionScore score, View view) {
        Scale scale = score.scale();
        return new DimensionResponse(
                score.score(),
                score.confidence(),
                byName(score.modalities()),
                score.rules(),
                score.model(),
                score.modelShare(),
                scale == null ? null : ScaleResponse.of(scale),
                texts(score.contributions()),
                view == View.FULL ? score.contributions() : null);
    }

    private static Map<String, Double> byName(Map<Modality, Double> modalities) {
        Map<String, Double> named = new LinkedHashMap<>();
        modalities.forEach((modality, score) -> named.put(modality.wire(), score));
        return named;
    }

    /** By dimension id, in alphabetical order. */
    static Map<String, DimensionResponse> of(Map<String, DimensionScore> scores, View view) {
        Map<String, DimensionResponse> shaped = new TreeMap<>();
        scores.forEach((id, score) -> shaped.put(id, of(score, view)));
        return shaped;
    }

    static List<String> texts(List<Contribution> contributions) {
        return contributions.stream().map(Contribution::text).toList();
    }
}
