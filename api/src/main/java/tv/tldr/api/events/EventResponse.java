package tv.tldr.api.events;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.EventBody;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.workflows.account.OrganizationId;

/**
 * What does a client see of an event?
 *
 * @param sequence its number within the organization, without a gap
 * @param data the same that is sent to webhooks
 */
record EventResponse(
        String id,
        long sequence,
        String type,
        Instant createdAt,
        @Nullable String streamId,
        Map<String, Object> data,
        Metadata metadata) {
    record Metadata(String organizationId, String apiVersion) {}

    static EventResponse of(OrganizationId organization, StoredEvent event) {
        return new EventResponse(
                event.id().toString(),
                event.sequence(),
                event.type(),
                event.createdAt(),
                event.streamId() == null ? null : event.streamId().toString(),
                event.data(),
                new Metadata(organization.toString(), EventBody.VERSION));
    }
}
