package tv.tldr.workflows.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.CatalogActivities.NewHighlight;
import tv.tldr.workflows.activity.Recording;

/**
 * What is known of a stream when its workflow goes on as a new run.
 *
 * @param recording null until it is stored
 * @param segmentsMeasured so many segments from the beginning are measured
 * @param highlights what was selected, in the order of cutting; null until selected
 * @param highlightsCut so many of them, from the beginning, are cut
 * @param emptyReason why nothing was selected; null when something was, or not yet
 */
public record StreamState(
        @Nullable Recording recording,
        int segmentsMeasured,
        @Nullable List<NewHighlight> highlights,
        int highlightsCut,
        @Nullable String emptyReason) {}
