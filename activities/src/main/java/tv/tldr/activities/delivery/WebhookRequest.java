package tv.tldr.activities.delivery;

import java.util.List;
import java.util.Map;

/**
 * What is to be sent where?
 *
 * @param id of the event, the same in each attempt
 * @param secrets to sign it with, at least one, the current one first
 * @param headers besides ours
 */
public record WebhookRequest(String url, String id, String body, List<String> secrets, Map<String, String> headers) {
    public WebhookRequest {
        secrets = List.copyOf(secrets);
        headers = Map.copyOf(headers);
    }

    /** Never with its secrets. */
    @Override
    public String toString() {
        return id;
    }
}
