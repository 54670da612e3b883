package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How are webhooks and their deliveries shown? */
final class WebhookTable {
    private WebhookTable() {}

    static List<String> list(List<JsonNode> webhooks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Id", "Health", "Failures", "Events", "URL"));
        webhooks.forEach(webhook -> rows.add(List.of(
                webhook.path("id").asString(""),
                webhook.path("health").asString(""),
                webhook.path("failures_in_row").asString("0"),
                words(webhook.path("events")),
                webhook.path("url").asString(""))));
        return Columns.aligned(rows);
    }

    static List<String> one(JsonNode webhook) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Webhook", webhook.path("id").asString("")));
        rows.add(List.of("URL", webhook.path("url").asString("")));
        rows.add(List.of("Events", words(webhook.path("events"))));
        rows.add(List.of("Health", webhook.path("health").asString("")));
        if (webhook.path("disabled_reason").isString()) {
            rows.add(List.of("Disabled", webhook.path("disabled_reason").asString("")));
        }
        webhook.path("stats").properties().stream()
                .filter(stat -> !stat.getValue().isContainer() && !stat.getKey().endsWith("_id"))
                .forEach(stat -> rows.add(
                        List.of(stat.getKey().replace('_', ' '), stat.getValue().asString(""))));
        return Columns.aligned(rows);
    }

    static List<String> deliveries(JsonNode deliveries) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Id", "Event", "Status", "Attempts", "Answer", "Created", "Why"));
        deliveries.forEach(delivery -> rows.add(List.of(
                delivery.path("id").asString(""),
                delivery.path("event_type").asString(""),
                delivery.path("status").asString(""),
                delivery.path("attempt_count").asString("0"),
                delivery.path("last_status_code").asString(""),
                delivery.path("created_at").asString(""),
                why(delivery))));
        return Columns.aligned(rows);
    }

    /** Why it was given up, or is tried again, and when. */
    private static String why(JsonNode delivery) {
        String reason = delivery.path("reason").asString("");
        if (!reason.isEmpty() || !delivery.path("status").asString("").equals("retrying")) {
            return reason;
        }
        return delivery.path("attempts")
                        .valueStream()
                        .map(attempt -> attempt.path("error").asString(""))
                        .filter(error -> !error.isEmpty())
                        .reduce("", (earlier, later) -> later)
                + "; again at " + delivery.path("next_attempt_at").asString("");
    }

    private static String words(JsonNode texts) {
        return String.join(",", texts.valueStream().map(JsonNode::asString).toList());
    }
}
