package tv.tldr.api.events;

import java.util.List;
import tv.tldr.activities.store.StoredEvent;

/**
 * Events of one stream, in their order.
 *
 * @param after the number of the stream's event before them: who has seen less than that missed something
 */
record EventBatch(long after, List<StoredEvent> events) {
    EventBatch {
        events = List.copyOf(events);
    }

    /** The number behind which the next batch begins. */
    long last() {
        return events.isEmpty() ? after : events.getLast().sequence();
    }
}
