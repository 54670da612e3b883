package tv.tldr.workflows.stream;

import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.activity.StreamRef;

/**
 * What a stream's workflow starts with.
 *
 * @param source for people to read; histories are kept and shown, so it never holds a secret, and who opens the source reads
 *     its whole address from the stream's row
 * @param done what a run before this one carried over by continue-as-new, or what is stored when that run is lost;
 *     {@link StreamState#NOTHING} at the first start
 * @param analysis which analysis of the stream this is, from 1; a later one goes over what an earlier one recorded
 * @param longest seconds that the source may last by the plan of its organization; null: any
 */
public record StreamInput(
        StreamRef stream,
        StreamSource source,
        StreamOptions options,
        StreamState done,
        int analysis,
        @Nullable Double longest) {
    public StreamInput {
        source = source.withoutSecrets();
        // What was started before there could be more than one.
        analysis = Math.max(1, analysis);
    }

    /** The same with other options. */
    StreamInput with(StreamOptions others) {
        return new StreamInput(stream, source, others, done, analysis, longest);
    }

    /** Of any length. */
    public StreamInput(StreamRef stream, StreamSource source, StreamOptions options, StreamState done, int analysis) {
        this(stream, source, options, done, analysis, null);
    }
}
