package tv.tldr.api.webhooks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.AttemptResult;
import tv.tldr.activities.store.AttemptRow;
import tv.tldr.activities.store.DeliveryRow;

/** What does a client see of a delivery? Each attempt, with what was answered. */
record DeliveryResponse(
        String id,
        String webhookId,
        String eventId,
        String eventType,
        String status,
        @Nullable String reason,
        int run,
        int attemptCount,
        @Nullable Integer lastStatusCode,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        List<Attempt> attempts) {
    /** @param outcome {@code sending}: it is under way */
    record Attempt(
            int number,
            Instant startedAt,
            String outcome,
            @Nullable Integer statusCode,
            @Nullable Integer latencyMs,
            @Nullable String error,
            @Nullable String responseBody) {
        static Attempt of(AttemptRow row) {
            AttemptResult.Outcome outcome = row.outcome();
            return new Attempt(
                    row.number(),
                    row.startedAt(),
                    outcome == null ? "sending" : outcome.wire(),
                    row.status(),
                    row.latencyMs(),
                    row.error(),
                    row.body());
        }
    }

    static DeliveryResponse of(DeliveryRow row) {
        return new DeliveryResponse(
                row.id().toString(),
                row.webhook().toString(),
                row.event().toString(),
                row.eventType(),
                row.status().wire(),
                row.reason(),
                row.run(),
                row.attemptCount(),
                row.lastStatus(),
                row.createdAt(),
                row.nextAttemptAt(),
                row.finishedAt(),
                row.attempts().stream().map(Attempt::of).toList());
    }
}
