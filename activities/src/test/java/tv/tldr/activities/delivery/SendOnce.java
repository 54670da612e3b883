package tv.tldr.activities.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.tldr.activities.egress.NameServer;

/** Sends one webhook in a process of its own, which trusts what that process is told to trust. */
final class SendOnce {
    private SendOnce() {}

    static void main(String... arguments) {
        WebhookProperties properties = new WebhookProperties(
                Duration.ofSeconds(10),
                0,
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                "",
                true,
                List.of(),
                Set.of(443),
                8);
        WebhookSender sender = new WebhookSender(
                properties, new WebhookAddresses(properties), NameServer.OF_THIS_MACHINE, Clock.systemUTC());
        IO.println(sender.send(new WebhookRequest(
                        arguments[0], "evt_1", "{}", List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Map.of()))
                .block());
        sender.destroy();
    }
}
