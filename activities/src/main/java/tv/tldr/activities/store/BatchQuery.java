package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which batches, the newest first?
 *
 * @param status only these; null: all
 * @param createdAfter only later ones; null: all
 * @param createdBefore only earlier ones; null: all
 * @param after the {@link Page#next()} of the page before; null: the first page
 * @param limit at most so many, from 1
 */
public record BatchQuery(
        @Nullable Status status,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Cursor after,
        int limit) {
    /** As a batch shows it. */
    public enum Status {
        PROCESSING("batches.status = 'processing' AND batches.cancel_requested_at IS NULL"),
        CANCELLING("batches.status = 'processing' AND batches.cancel_requested_at IS NOT NULL"),
        COMPLETED("batches.status = 'completed'"),
        CANCELLED("batches.status = 'cancelled'");

        private final String condition;

        Status(String condition) {
            this.condition = condition;
        }
    }

    Conditions of(Conditions conditions) {
        if (status != null) {
            conditions.and(status.condition);
        }
        return conditions.madeBetween(createdAfter, createdBefore).madeBefore(after);
    }
}
