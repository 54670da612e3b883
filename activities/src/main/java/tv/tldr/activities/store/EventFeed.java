package tv.tldr.activities.store;

import java.util.List;

/**
 * A part of what happened.
 *
 * @param after whoever asks for what comes after it misses nothing and sees nothing twice
 * @param hasMore whether there is more already
 */
public record EventFeed(List<StoredEvent> events, long after, boolean hasMore) {
    public EventFeed {
        events = List.copyOf(events);
    }

    /** @param counter the organization's latest number before {@code read} was read, with one more than {@code limit} */
    static EventFeed of(List<StoredEvent> read, EventQuery query, long counter) {
        if (read.size() > query.limit()) {
            List<StoredEvent> page = read.subList(0, query.limit());
            return new EventFeed(page, page.getLast().sequence(), true);
        }
        // Whoever asks for what comes after the feed's end, as after a restore, goes on from there.
        long reached = read.isEmpty() ? counter : Math.max(read.getLast().sequence(), counter);
        return new EventFeed(read, reached, false);
    }
}
