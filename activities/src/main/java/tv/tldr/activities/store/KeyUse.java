package tv.tldr.activities.store;

import java.time.Instant;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/** How often was a key used since it was last written down, and when was the latest? */
public record KeyUse(OrganizationId organization, ApiKeyId key, long number, Instant latest) {}
