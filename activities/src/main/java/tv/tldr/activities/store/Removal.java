package tv.tldr.activities.store;

import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.workflows.account.OrganizationId;

/** Objects at or below {@code folder} that no row names any more, and that are still to be removed. */
public record Removal(OrganizationId organization, ObjectKey folder) {}
