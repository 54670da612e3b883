package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.NewEndpoint.Retries;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.WebhookId;

/**
 * An endpoint as the database knows it; never its secret.
 *
 * @param headerNames of the headers that are sent besides ours; what they hold is nobody's to read again
 * @param formerUntil until when the secret before the last rotation is good, too; null: no more
 * @param failures attempts that failed since the last one that arrived
 * @param failingSince null: the last attempt has arrived, or there was none
 */
public record EndpointRow(
        OrganizationId organization,
        WebhookId id,
        String url,
        String description,
        List<String> events,
        List<String> headerNames,
        Retries retries,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable Instant disabledAt,
        @Nullable Instant formerUntil,
        int failures,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    public EndpointRow {
        events = List.copyOf(events);
        headerNames = List.copyOf(headerNames);
    }
}
