package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * Which streams, by the time of their creation?
 *
 * @param status only these; null: all
 * @param platform only these; null: all
 * @param live only live ones, or only recorded ones; null: all
 * @param pinned only those that are pinned, or only the others; null: all
 * @param createdAfter only later ones; null: all
 * @param createdBefore only earlier ones; null: all
 * @param page in which order, from where on, and how many
 */
public record StreamQuery(
        @Nullable StreamStatus status,
        @Nullable Platform platform,
        @Nullable Boolean live,
        @Nullable Boolean pinned,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        ByTime page) {}
