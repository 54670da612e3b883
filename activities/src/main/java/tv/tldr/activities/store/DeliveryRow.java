package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.event.DeliveryId;
import tv.tldr.workflows.event.DeliveryStatus;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.event.WebhookId;

/**
 * One event to one endpoint, as the database knows it.
 *
 * @param reason why it was given up
 * @param run 1; more each time that somebody asked for it again
 * @param nextAttemptAt null when there is none
 * @param attempts oldest first
 */
public record DeliveryRow(
        DeliveryId id,
        WebhookId webhook,
        EventId event,
        String eventType,
        DeliveryStatus status,
        @Nullable String reason,
        int run,
        int attemptCount,
        @Nullable Integer lastStatus,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        List<AttemptRow> attempts) {
    public DeliveryRow {
        attempts = List.copyOf(attempts);
    }

    DeliveryRow with(List<AttemptRow> all) {
        return new DeliveryRow(
                id,
                webhook,
                event,
                eventType,
                status,
                reason,
                run,
                attemptCount,
                lastStatus,
                createdAt,
                nextAttemptAt,
                finishedAt,
                all);
    }
}
