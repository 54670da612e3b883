package tv.tldr.activities.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.EventId;

/** What does a receiver read of an event? The same in each attempt, but for the number of the attempt. */
public final class EventBody {
    /** Of the form of {@code data}. */
    public static final String VERSION = "v1";

    private EventBody() {}

    /** As JSON. */
    public static String of(
            OrganizationId organization,
            EventId id,
            String type,
            Instant createdAt,
            Map<String, Object> data,
            int attempt) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("organization_id", organization.toString());
        metadata.put("api_version", VERSION);
        metadata.put("attempt", attempt);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id.toString());
        body.put("type", type);
        body.put("created_at", createdAt.toString());
        body.put("data", data);
        body.put("metadata", metadata);
        return Jsonb.text(body);
    }
}
