package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamStatus;

/**
 * Which streams, newest first?
 *
 * @param status only these; null: all
 * @param platform only these; null: all
 * @param createdAfter only later ones; null: all
 * @param after the {@link Page#next()} of the page before; null: the first page
 * @param limit at most so many, from 1
 */
public record StreamQuery(
        @Nullable StreamStatus status,
        @Nullable Platform platform,
        @Nullable Instant createdAfter,
        @Nullable Cursor after,
        int limit) {}
