package tv.tldr.api.shares;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.ShareRow;

/**
 * What do those see of a link who may share?
 *
 * @param url where anybody sees the highlight by it
 * @param status {@code active}, {@code used_up}, {@code expired} or {@code revoked}
 */
record ShareResponse(
        String id,
        String highlightId,
        String url,
        String status,
        Instant expiresAt,
        @Nullable Integer maxViews,
        boolean allowDownload,
        List<String> ipRanges,
        int views,
        int downloads,
        String createdBy,
        Instant createdAt,
        @Nullable Instant revokedAt) {
    static ShareResponse of(ShareRow row, ShareLinks links) {
        return new ShareResponse(
                row.id().toString(),
                row.highlight().toString(),
                links.page(row.id()),
                status(row),
                row.expiresAt(),
                row.maxViews(),
                row.allowDownload(),
                row.ipRanges(),
                row.views(),
                row.downloads(),
                row.createdBy(),
                row.createdAt(),
                row.revokedAt());
    }

    private static String status(ShareRow row) {
        if (row.revokedAt() != null) {
            return "revoked";
        }
        if (!row.good()) {
            return "expired";
        }
        return row.hasViewsLeft() ? "active" : "used_up";
    }
}
