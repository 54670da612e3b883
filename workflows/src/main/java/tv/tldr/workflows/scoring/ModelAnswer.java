package tv.tldr.workflows.scoring;

import java.util.List;
import tv.tldr.workflows.stream.TimeRange;

/**
 * What the model answered about one window. What it did not pick, it looked at and scores 0.
 *
 * @param window stream time, seconds
 * @param moments what it picked; may be empty
 */
public record ModelAnswer(TimeRange window, List<ModelMoment> moments) {
    public ModelAnswer {
        moments = List.copyOf(moments);
    }
}
