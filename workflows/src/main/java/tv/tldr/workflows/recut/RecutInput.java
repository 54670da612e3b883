package tv.tldr.workflows.recut;

import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.TimeRange;

/**
 * Which clip is to be cut anew?
 *
 * @param version of the highlight that asked for it; another one that asks later takes its place
 * @param range what the clip is to show
 * @param peak where the picture is taken
 */
public record RecutInput(
        StreamRef stream, HighlightId highlightId, int version, Recording recording, TimeRange range, double peak) {}
