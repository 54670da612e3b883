package tv.tldr.api.highlights;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.Scale;

/**
 * Which steps do the scores of a dimension have?
 *
 * @param type {@code binary}: 1 from the threshold on, else 0; {@code categorical}: the highest category that is reached
 * @param categories the score of each, in the order of the set; null unless categorical
 */
record ScaleResponse(
        String type, double threshold, @Nullable Map<String, Double> categories) {
    static ScaleResponse of(Scale scale) {
        return new ScaleResponse(
                scale.type().wire(), scale.threshold(), scale.categories().isEmpty() ? null : scale.categories());
    }
}
