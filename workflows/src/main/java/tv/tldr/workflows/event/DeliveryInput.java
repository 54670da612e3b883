package tv.tldr.workflows.event;

import tv.tldr.workflows.account.OrganizationId;

/**
 * What is to be delivered, and where?
 *
 * @param run 1; more each time that somebody asks for it again
 */
public record DeliveryInput(OrganizationId organizationId, WebhookId webhookId, DeliveryId deliveryId, int run) {}
