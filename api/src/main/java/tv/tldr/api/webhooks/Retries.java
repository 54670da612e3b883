package tv.tldr.api.webhooks;

import java.time.Duration;
import java.util.Optional;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.store.NewEndpoint;
import tv.tldr.workflows.event.RetrySchedule;

/** When is it tried again at an endpoint? As it says itself, and where it says nothing as the settings do. */
final class Retries {
    private Retries() {}

    static RetrySchedule of(NewEndpoint.Retries own, WebhookProperties settings) {
        RetrySchedule usual = settings.schedule();
        Duration first =
                Optional.ofNullable(own.first()).map(Duration::ofSeconds).orElse(usual.first());
        Duration longest =
                Optional.ofNullable(own.longest()).map(Duration::ofSeconds).orElse(usual.longest());
        return new RetrySchedule(
                first,
                longest.compareTo(first) < 0 ? first : longest,
                Optional.ofNullable(own.most()).orElse(usual.retries()));
    }
}
