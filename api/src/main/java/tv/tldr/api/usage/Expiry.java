package tv.tldr.api.usage;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.HighlightRow;
import tv.tldr.workflows.account.Retention;
import tv.tldr.workflows.stream.StreamId;

/**
 * When do some highlights go?
 *
 * @param ends when those of their streams ended that have ended and are not pinned
 */
public record Expiry(Retention retention, Map<StreamId, Instant> ends) {
    /** Null: it stays. */
    public @Nullable Instant of(HighlightRow row) {
        return retention.expiry(ends.get(row.stream().streamId()), row.pinned()).orElse(null);
    }
}
