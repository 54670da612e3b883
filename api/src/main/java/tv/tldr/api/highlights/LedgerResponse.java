package tv.tldr.api.highlights;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.http.Page;

/**
 * One page of the decision ledger.
 *
 * @param emptyReason why the stream has no highlights; null when it has, or is not done
 */
record LedgerResponse(
        List<CandidateResponse> data,
        @Nullable String nextCursor,
        boolean hasMore,
        @Nullable String emptyReason) {
    static LedgerResponse of(Page<CandidateResponse> page, @Nullable String emptyReason) {
        return new LedgerResponse(page.data(), page.nextCursor(), page.hasMore(), emptyReason);
    }
}
