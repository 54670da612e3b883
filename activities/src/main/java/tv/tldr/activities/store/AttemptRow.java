package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a delivery, as it was written down.
 *
 * @param outcome null: it is under way
 * @param latencyMs null: it is under way, or nobody knows
 */
public record AttemptRow(
        int number,
        Instant startedAt,
        AttemptResult.@Nullable Outcome outcome,
        @Nullable Integer status,
        @Nullable Integer latencyMs,
        @Nullable String error,
        @Nullable String body) {}
