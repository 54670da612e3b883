package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.DeliveryStatus;

/** Which deliveries of an endpoint? Null filters nothing. */
public record DeliveryQuery(
        @Nullable DeliveryStatus status,
        @Nullable String eventType,
        @Nullable Instant after,
        @Nullable Instant before,
        @Nullable Cursor cursor,
        int limit) {}
