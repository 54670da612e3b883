package tv.tldr.api.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.ExpiringDay;
import tv.tldr.activities.store.ExpiringStream;
import tv.tldr.workflows.account.Plan;

/**
 * What does a client see of what its plan will remove?
 *
 * @param retentionDays how long the plan keeps what has ended; null: for good
 * @param data today and the days after it (UTC); empty where everything is kept
 */
record RetentionResponse(Plan plan, @Nullable Long retentionDays, List<Day> data) {
    record Day(LocalDate date, long streams, long highlights, long bytes) {}

    /**
     * @param highlights so many go
     * @param pinnedHighlights so many stay, and the stream's row with them
     * @param bytes of objects that go
     */
    record Expiring(
            String streamId,
            String sourceUrl,
            Instant completedAt,
            Instant expiresAt,
            long highlights,
            long pinnedHighlights,
            long bytes) {
        static Expiring of(ExpiringStream stream) {
            return new Expiring(
                    stream.id().toString(),
                    stream.sourceUrl(),
                    stream.completedAt(),
                    stream.expiresAt(),
                    stream.highlights(),
                    stream.pinnedHighlights(),
                    stream.bytes());
        }
    }

    static RetentionResponse of(Plan plan, @Nullable Duration kept, List<ExpiringDay> days) {
        return new RetentionResponse(
                plan,
                kept == null ? null : kept.toDays(),
                days.stream()
                        .map(day -> new Day(day.date(), day.streams(), day.highlights(), day.bytes()))
                        .toList());
    }
}
