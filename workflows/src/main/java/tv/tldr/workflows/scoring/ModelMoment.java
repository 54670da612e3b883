package tv.tldr.workflows.scoring;

import java.util.Map;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A stretch of a window that the model picked by the numbers of its units.
 *
 * @param range stream time, seconds, of our own measurement
 * @param scores by dimension id; a dimension that is missing scores 0
 * @param title of the moment, in a few words
 * @param reason why it matters, in one sentence
 */
public record ModelMoment(TimeRange range, Map<String, ModelScore> scores, String title, String reason) {
    public ModelMoment {
        scores = Map.copyOf(scores);
    }
}
