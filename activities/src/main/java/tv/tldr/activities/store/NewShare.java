package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.highlight.ShareId;

/**
 * Which link is wanted?
 *
 * @param createdBy public id of the key or the person
 * @param maxViews null: as often as one likes
 * @param ipRanges from where it may be used; empty: from everywhere
 */
public record NewShare(
        ShareId id,
        HighlightId highlight,
        String createdBy,
        Instant expiresAt,
        @Nullable Integer maxViews,
        boolean allowDownload,
        List<String> ipRanges) {
    public NewShare {
        ipRanges = List.copyOf(ipRanges);
    }
}
