package tv.tldr.activities.store;

import java.time.Instant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/** What is left of an organization that was deleted: which it was, and who wanted that. */
public record DeletedOrganization(OrganizationId id, String name, Plan plan, RemovalOrder order, Instant deletedAt) {}
