package tv.tldr.api.streams;

import tv.tldr.workflows.scoring.DimensionSetChain;
import tv.tldr.workflows.stream.StreamOptions;

/**
 * How would a stream be scored instead?
 *
 * @param chain the sets that would score it
 */
public record Revision(StreamOptions options, DimensionSetChain chain) {}
