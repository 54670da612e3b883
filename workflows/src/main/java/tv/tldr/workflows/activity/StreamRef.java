package tv.tldr.workflows.activity;

import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.StreamId;

/** Whose stream is meant? Every activity is scoped by both. */
public record StreamRef(OrganizationId organizationId, StreamId streamId) {}
