package tv.tldr.api.streams;

import tv.tldr.api.security.Tenant;
import tv.tldr.workflows.account.OrganizationId;

/**
 * Who submits a stream?
 *
 * @param runsTheInstallation whether it is whoever runs it: files of this machine are theirs
 */
record Submitter(OrganizationId organization, boolean runsTheInstallation) {
    static Submitter of(Tenant tenant) {
        return new Submitter(tenant.organizationId(), tenant.actor().user() == null);
    }

    /** Somebody whose source is known and theirs. */
    static Submitter of(OrganizationId organization) {
        return new Submitter(organization, false);
    }
}
