package tv.tldr.api.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.store.EndpointRow;
import tv.tldr.workflows.event.RetrySchedule;

/**
 * What does an endpoint look like on the wire? Never its secret, nor what its headers hold.
 *
 * @param retryPolicy as it counts, whoever said so
 */
record WebhookResponse(
        String id,
        String url,
        String description,
        List<String> events,
        List<String> customHeaderNames,
        RetryPolicy retryPolicy,
        boolean enabled,
        @Nullable String disabledReason,
        @Nullable Instant disabledAt,
        Health health,
        int failuresInRow,
        @Nullable Instant failingSince,
        @Nullable Instant formerSecretUntil,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** Seconds. */
    record RetryPolicy(int maxRetries, double firstGap, double longestGap) {
        private static final double MILLISECONDS = 1000;

        static RetryPolicy of(RetrySchedule schedule) {
            return new RetryPolicy(
                    schedule.retries(),
                    schedule.first().toMillis() / MILLISECONDS,
                    schedule.longest().toMillis() / MILLISECONDS);
        }
    }

    /** Does it take what it is told? */
    enum Health {
        /** The last attempt has arrived, or there was none. */
        HEALTHY,
        /** The last attempt has failed. */
        FAILING,
        /** It is told nothing. */
        DISABLED;

        static Health of(EndpointRow row) {
            return !row.enabled() ? DISABLED : row.failures() == 0 ? HEALTHY : FAILING;
        }

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static WebhookResponse of(EndpointRow row, WebhookProperties settings) {
        return new WebhookResponse(
                row.id().toString(),
                row.url(),
                row.description(),
                row.events(),
                row.headerNames(),
                RetryPolicy.of(Retries.of(row.retries(), settings)),
                row.enabled(),
                row.disabledReason(),
                row.disabledAt(),
                Health.of(row),
                row.failures(),
                row.failingSince(),
                row.formerUntil(),
                row.createdAt(),
                row.updatedAt(),
                row.version());
    }
}
