package tv.tldr.activities.store;

import java.time.Instant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;

/** A tenant as the database knows it. */
public record Organization(
        OrganizationId id, String name, Plan plan, Instant createdAt, Instant updatedAt, long version) {}
