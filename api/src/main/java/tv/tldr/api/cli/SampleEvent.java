package tv.tldr.api.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tv.tldr.activities.store.EventBody;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.EventType;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.stream.StreamId;

/** What might happen? An event that did not, for a receiver to be tried with. */
final class SampleEvent {
    private static final OrganizationId NOBODY = new OrganizationId(new UUID(0x7000, 0x8000000000000000L));

    private SampleEvent() {}

    static String body(EventType type, EventId id, Instant now) {
        return EventBody.of(NOBODY, id, type.wire(), now, data(type), 1);
    }

    private static Map<String, Object> data(EventType type) {
        StreamId stream = new StreamId(FreshUuid.next());
        return switch (type) {
            case STREAM_STARTED, STREAM_STOPPED -> Map.of("stream_id", stream.toString());
            case STREAM_PROGRESS -> Map.of("stream_id", stream.toString(), "percentage", 42);
            case STREAM_COMPLETED -> Map.of("stream_id", stream.toString(), "highlight_count", 3);
            case STREAM_FAILED ->
                Map.of("stream_id", stream.toString(), "errors", List.of(Map.of("code", "SOURCE_UNREACHABLE")));
            case HIGHLIGHT_DETECTED, HIGHLIGHT_PROCESSED, HIGHLIGHT_UPDATED, HIGHLIGHT_DELETED ->
                Map.of(
                        "highlight_id",
                        new HighlightId(FreshUuid.next()).toString(),
                        "stream_id",
                        stream.toString(),
                        "start_time",
                        61.5,
                        "end_time",
                        80,
                        "confidence_score",
                        0.93);
            case BATCH_COMPLETED -> Map.of("total", 3);
            case USAGE_WARNING, USAGE_LIMIT_REACHED -> Map.of("metric", "stream_hours", "used", 80, "limit", 100);
            case WEBHOOK_DISABLED -> Map.of("reason", "100 attempts in a row failed");
            case TEST_PING -> Map.of("message", "This is a test.");
        };
    }
}
