package tv.tldr.api.highlights;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tv.tldr.workflows.scoring.Contribution;
import tv.tldr.workflows.scoring.DimensionScore;

/**
 * How did one dimension score and why?
 *
 * @param reasons strongest first, in words
 * @param contributions the same in numbers
 */
record DimensionResponse(double score, double confidence, List<String> reasons, List<Contribution> contributions) {
    static DimensionResponse of(DimensionScore score) {
        return new DimensionResponse(
                score.score(), score.confidence(), texts(score.contributions()), score.contributions());
    }

    /** By dimension id, in alphabetical order. */
    static Map<String, DimensionResponse> of(Map<String, DimensionScore> scores) {
        Map<String, DimensionResponse> shaped = new TreeMap<>();
        scores.forEach((id, score) -> shaped.put(id, of(score)));
        return shaped;
    }

    static List<String> texts(List<Contribution> contributions) {
        return contributions.stream().map(Contribution::text).toList();
    }
}
