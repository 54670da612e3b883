package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetId;
import tv.tldr.workflows.scoring.DimensionSetVersion;

/**
 * One version of an organization's dimension set as the database knows it.
 *
 * @param version from 1
 * @param definition its id is {@code id} as text
 * @param current whether it is the newest version
 * @param createdAt when this version was written
 * @param deletedAt when the set was deleted; null while it is there
 */
public record DimensionSetRow(
        OrganizationId organization,
        DimensionSetId id,
        int version,
        DimensionSet definition,
        boolean current,
        Instant createdAt,
        @Nullable Instant deletedAt) {
    /** What a stream keeps of it. */
    public DimensionSetVersion snapshot() {
        return new DimensionSetVersion(version, definition);
    }
}
