package tv.tldr.workflows.stream;

import tv.tldr.workflows.activity.StreamRef;

/**
 * What a stream's workflow starts with.
 *
 * @param done what a run before this one carried over by continue-as-new, or what is stored when that run is lost;
 *     {@link StreamState#NOTHING} at the first start
 */
public record StreamInput(StreamRef stream, StreamSource source, StreamOptions options, StreamState done) {}
