package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which batches, by the time of their creation?
 *
 * @param status only these; null: all
 * @param createdAfter only later ones; null: all
 * @param createdBefore only earlier ones; null: all
 * @param page in which order, from where on, and how many
 */
public record BatchQuery(
        @Nullable Status status,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        ByTime page) {
    /** As a batch shows it. */
    public enum Status {
        PROCESSING("status = 'processing' AND cancel_requested_at IS NULL"),
        CANCELLING("status = 'processing' AND cancel_requested_at IS NOT NULL"),
        COMPLETED("status = 'completed'"),
        CANCELLED("status = 'cancelled'");

        private final String condition;

        Status(String condition) {
            this.condition = condition;
        }
    }

    Conditions of(Conditions conditions) {
        if (status != null) {
            conditions.and(status.condition);
        }
        return conditions.madeBetween(createdAfter, createdBefore).behind(page);
    }
}
