package tv.tldr.api.streams;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tv.tldr.activities.delivery.WebhookAddresses;
import tv.tldr.activities.delivery.WebhookProperties;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.egress.Refusals;
import tv.tldr.activities.store.StreamHook;
import tv.tldr.api.http.Fields;

/** Where does a submission want to be told of its stream alone? */
@Component
final class HooksReader {
    private static final int LONGEST_URL = 2048;
    private static final String HOOKS = "webhooks";

    private final WebhookAddresses addresses;
    private final boolean canSign;

    HooksReader(WebhookAddresses addresses, WebhookProperties properties) {
        this.addresses = addresses;
        this.canSign = !properties.secretKey().isEmpty();
    }

    List<StreamHook> read(Fields body) {
        Fields given = body.objectOrEmpty(HOOKS);
        List<StreamHook> hooks = new ArrayList<>();
        read(given, "on_highlight", List.of("highlight.*"), hooks);
        read(given, "on_complete", List.of("stream.completed", "stream.stopped"), hooks);
        read(given, "on_error", List.of("stream.failed"), hooks);
        read(given, "on_progress", List.of("stream.started", "stream.progress"), hooks);
        if (!hooks.isEmpty() && !canSign) {
            body.refuse(HOOKS, "cannot be signed here: WEBHOOK_SECRET_KEY is not set; POST /api/v1/webhooks instead");
        }
        return hooks;
    }

    private void read(Fields given, String name, List<String> events, List<StreamHook> hooks) {
        given.text(name, LONGEST_URL).ifPresent(url -> {
            try {
                addresses.check(url);
                hooks.add(new StreamHook(url, events));
            } catch (ForbiddenAddressException e) {
                Refusals.count(Opened.REQUEST);
                given.refuse(name, "is refused: " + e.getMessage());
            }
        });
    }
}
