package tv.tldr.activities.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.scoring.ModelMoment;
import tv.tldr.workflows.transcript.Transcript;

/**
 * What the model's answer about a window means in stream time.
 *
 * @param window its number in the stream's plan, from 0
 * @param moments what it picked; null when its answer could not be used
 * @param transcript what it heard
 * @param reason why its answer could not be used, or rests on less than all of the window, one sentence; null otherwise
 */
public record WindowAnswer(
        int window,
        @Nullable List<ModelMoment> moments,
        Transcript transcript,
        @Nullable String reason) {}
