package tv.tldr.workflows.batch;

import tv.tldr.workflows.account.OrganizationId;

/** Whose batch is meant? */
public record BatchRef(OrganizationId organizationId, BatchId batchId) {}
