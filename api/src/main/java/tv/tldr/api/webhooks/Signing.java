package tv.tldr.api.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tv.tldr.activities.delivery.Reception;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.delivery.WebhookRequest;
import tv.tldr.activities.store.Outgoing;

/** With which secret is a request signed? The endpoint's own, or the installation's for the URLs of a single stream. */
@Component
final class Signing {
    private final WebhookProperties properties;

    Signing(WebhookProperties properties) {
        this.properties = properties;
    }

    /** Empty when there is no secret to sign it with: nothing is sent then. */
    Optional<WebhookRequest> request(Outgoing outgoing) {
        List<String> secrets = outgoing.ofInstallation() ? ofInstallation() : outgoing.secrets();
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new WebhookRequest(
                        outgoing.url(), outgoing.event().toString(), outgoing.body(), secrets, outgoing.headers()));
    }

    private List<String> ofInstallation() {
        return properties.secretKey().isEmpty() ? List.of() : List.of(properties.secretKey());
    }

    Reception unreadable() {
        return new Reception.Forbidden(
                "there is no secret to sign it with: SECRET_KEY or WEBHOOK_SECRET_KEY has changed; rotate the endpoint's"
                        + " secret",
                Duration.ZERO);
    }
}
