package tv.tldr.api.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.DeliveryStats;

/**
 * How did it go at an endpoint?
 *
 * @param successRate of the attempts that are over; null: there were none
 */
record StatsResponse(
        String webhookId,
        DeliveryStats.Deliveries deliveries,
        DeliveryStats.Attempts attempts,
        @Nullable Double successRate,
        List<DeliveryStats.Day> days) {
    static StatsResponse of(String webhook, DeliveryStats stats) {
        DeliveryStats.Attempts attempts = stats.attempts();
        long over = attempts.arrived() + attempts.failed();
        return new StatsResponse(
                webhook,
                stats.deliveries(),
                attempts,
                over == 0 ? null : (double) attempts.arrived() / over,
                stats.days());
    }
}
