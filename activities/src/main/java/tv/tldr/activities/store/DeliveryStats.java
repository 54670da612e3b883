package tv.tldr.activities.store;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How did it go at an endpoint?
 *
 * @param days each day (UTC), whether anything happened in it or not
 */
public record DeliveryStats(Deliveries deliveries, Attempts attempts, List<Day> days) {
    public DeliveryStats {
        days = List.copyOf(days);
    }

    /** By how far they are. */
    public record Deliveries(long pending, long retrying, long delivered, long failed) {}

    /**
     * Those that are over.
     *
     * @param medianLatencyMs null: there was no answer
     * @param p95LatencyMs the same
     */
    public record Attempts(
            long arrived,
            long failed,
            @Nullable Double medianLatencyMs,
            @Nullable Double p95LatencyMs) {}

    /** Attempts of one day. */
    public record Day(LocalDate day, long arrived, long failed) {}
}
