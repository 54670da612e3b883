package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.stream.StreamId;

/**
 * Something that happened.
 *
 * @param sequence its number within the organization: from 1, without a gap
 * @param type the name on the wire, such as {@code stream.completed}; a newer version may have written one unknown here
 * @param data the public body, as it goes on the wire
 */
public record StoredEvent(
        EventId id,
        long sequence,
        String type,
        @Nullable StreamId streamId,
        Map<String, Object> data,
        Instant createdAt) {}
