package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/**
 * Which highlights of an organization?
 *
 * @param ids only these; empty: all
 * @param stream only of this stream; null: of all
 * @param minConfidence only these and better ones, 0–1
 * @param types only of one of these types; empty: of all
 * @param tags only those with all of these tags
 * @param cut only those with a clip, or only those without; null: all
 * @param pinned only those that are pinned, or only the others; null: all
 * @param createdAfter only later ones; null: all
 * @param createdBefore only earlier ones; null: all
 */
public record HighlightFilter(
        List<HighlightId> ids,
        @Nullable StreamId stream,
        double minConfidence,
        List<String> types,
        List<String> tags,
        @Nullable Boolean cut,
        @Nullable Boolean pinned,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore) {
    /** The same within one stream. */
    public HighlightFilter of(StreamId one) {
        return new HighlightFilter(ids, one, minConfidence, types, tags, cut, pinned, createdAfter, createdBefore);
    }

    public HighlightFilter {
        ids = List.copyOf(ids);
        types = List.copyOf(types);
        tags = List.copyOf(tags);
    }
}
