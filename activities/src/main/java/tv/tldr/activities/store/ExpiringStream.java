package tv.tldr.activities.store;

import java.time.Instant;
import tv.tldr.workflows.stream.StreamId;

/**
 * A stream whose time will be over: when, and what goes then.
 *
 * @param highlights so many go
 * @param pinnedHighlights so many stay, and with them the stream's row
 * @param bytes of objects that go
 */
public record ExpiringStream(
        StreamId id,
        String sourceUrl,
        Instant completedAt,
        Instant expiresAt,
        long highlights,
        long pinnedHighlights,
        long bytes) {}
