package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.highlight.ShareId;

/**
 * A link as the database knows it.
 *
 * @param good whether it may be used now: not revoked and not expired; views may be used up all the same
 * @param maxViews null: as often as one likes
 * @param ipRanges from where it may be used; empty: from everywhere
 */
public record ShareRow(
        ShareId id,
        OrganizationId organization,
        HighlightId highlight,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Integer maxViews,
        int views,
        int downloads,
        boolean allowDownload,
        List<String> ipRanges,
        @Nullable Instant revokedAt,
        boolean good) {
    public ShareRow {
        ipRanges = List.copyOf(ipRanges);
    }

    /** Whether one more may look. */
    public boolean hasViewsLeft() {
        return maxViews == null || views < maxViews;
    }
}
