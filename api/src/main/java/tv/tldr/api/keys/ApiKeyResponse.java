package tv.tldr.api.keys;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.ApiKey;

/** What does an API key look like on the wire? Never like itself. */
record ApiKeyResponse(
        String id,
        String name,
        String preview,
        List<String> scopes,
        List<String> ipAllowList,
        @Nullable Integer requestsPerMinute,
        @Nullable String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        long useCount,
        @Nullable String successorId,
        long version) {
    static ApiKeyResponse of(ApiKey key) {
        return new ApiKeyResponse(
                key.id().toString(),
                key.name(),
                key.preview(),
                key.scopes().stream().sorted().toList(),
                key.ipAllowList(),
                key.requestsPerMinute(),
                key.createdBy() == null ? null : key.createdBy().toString(),
                key.createdAt(),
                key.updatedAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.useCount(),
                key.successor() == null ? null : key.successor().toString(),
                key.version());
    }
}
