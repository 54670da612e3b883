package tv.tldr.api.organizations;

import java.time.Instant;
import tv.tldr.activities.store.Organization;
import tv.tldr.workflows.account.Plan;

/** What does an organization look like on the wire? */
record OrganizationResponse(String id, String name, Plan plan, Instant createdAt, Instant updatedAt, long version) {
    static OrganizationResponse of(Organization organization) {
        return new OrganizationResponse(
                organization.id().toString(),
                organization.name(),
                organization.plan(),
                organization.createdAt(),
                organization.updatedAt(),
                organization.version());
    }
}
