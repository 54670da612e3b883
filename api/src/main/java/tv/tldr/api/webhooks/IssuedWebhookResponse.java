package tv.tldr.api.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What is answered when an endpoint is made, or gets another secret?
 *
 * @param secret what requests are signed with, this once
 */
record IssuedWebhookResponse(@JsonUnwrapped WebhookResponse webhook, String secret) {}
