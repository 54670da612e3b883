package tv.tldr.api.events;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.EventFeed;
import tv.tldr.api.http.PageToken;
import tv.tldr.workflows.account.OrganizationId;

/**
 * A part of the feed on the wire.
 *
 * @param after what to ask for next time, now or later: nothing is missed and nothing comes twice
 * @param nextCursor the same place as for every list; null when there is no more yet
 */
record EventFeedResponse(
        List<EventResponse> data, long after, @Nullable String nextCursor, boolean hasMore) {
    static final String LIST = "events";

    static EventFeedResponse of(OrganizationId organization, EventFeed feed) {
        return new EventFeedResponse(
                feed.events().stream()
                        .map(event -> EventResponse.of(organization, event))
                        .toList(),
                feed.after(),
                feed.hasMore() ? new PageToken(LIST, List.of("after", String.valueOf(feed.after()))).encode() : null,
                feed.hasMore());
    }
}
