package tv.tldr.activities.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.stream.StreamId;

/**
 * Something that happened, to be written with the change it tells about.
 *
 * @param streamId null: of no stream alone
 * @param data the public body, as it goes on the wire
 */
public record NewEvent(EventId id, EventType type, @Nullable StreamId streamId, Map<String, Object> data) {}
