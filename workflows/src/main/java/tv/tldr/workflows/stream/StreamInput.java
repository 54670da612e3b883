package tv.tldr.workflows.stream;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.StreamRef;

/**
 * What a stream's workflow starts with.
 *
 * @param resume what a run before this one carried over by continue-as-new; null at the first start
 */
public record StreamInput(
        StreamRef stream,
        StreamSource source,
        StreamOptions options,
        @Nullable StreamState resume) {}
