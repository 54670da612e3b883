package tv.tldr.api.organizations;

import tv.tldr.api.http.ErrorCode;
import tv.tldr.api.http.ProblemException;
import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;

/** Which organization does a path name? The caller's own, else the same 404 in every case. */
final class OwnOrganization {
    private OwnOrganization() {}

    /** @throws ProblemException RESOURCE_NOT_FOUND */
    static OrganizationId of(Tenant tenant, String id) {
        if (!tenant.organizationId().toString().equals(id)) {
            throw none();
        }
        return tenant.organizationId();
    }

    static ProblemException none() {
        return ProblemException.notFound("organization");
    }

    /**
     * Goes on when the caller may give, change or take {@code role}.
     *
     * @throws ProblemException INSUFFICIENT_PERMISSIONS
     */
    static void requireReach(Tenant tenant, Role role) {
        if (!tenant.role().mayHandle(role, tenant.scopes())) {
            throw new ProblemException(
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "The role " + role + " may do more than you; nobody handles who is above them.");
        }
    }
}
