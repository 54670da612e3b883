package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.batch.BatchCounts;
import tv.tldr.workflows.batch.BatchRef;

/**
 * A batch as the database knows it.
 *
 * @param status the word on the wire: processing, completed or cancelled
 * @param parallelLimit at most so many of its streams are under way at a time
 * @param force when it is cancelled: whether streams under way keep only what is cut
 * @param counts how far its streams are
 * @param pending streams that are let go and not in process yet
 */
public record BatchRow(
        BatchRef ref,
        String status,
        int parallelLimit,
        @Nullable Instant cancelRequestedAt,
        boolean force,
        BatchCounts counts,
        int pending,
        Instant createdAt,
        @Nullable Instant completedAt) {
    public boolean isOver() {
        return completedAt != null;
    }
}
