package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.UserId;

/**
 * An API key as the database knows it; the key itself is nowhere.
 *
 * @param preview enough of the key to recognise it by
 * @param createdBy null: whoever runs the installation
 * @param ipAllowList blocks of addresses it may be used from, such as {@code 192.0.2.0/24}; empty: from everywhere
 * @param requestsPerMinute it is held to beside the organization's limit; null: to that alone
 * @param expiresAt null: never
 * @param revokedAt null: not revoked
 * @param successor the key that takes its place; null: none
 */
public record ApiKey(
        ApiKeyId id,
        OrganizationId organizationId,
        String name,
        String preview,
        Set<String> scopes,
        @Nullable UserId createdBy,
        List<String> ipAllowList,
        @Nullable Integer requestsPerMinute,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        long useCount,
        @Nullable ApiKeyId successor,
        long version) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
        ipAllowList = List.copyOf(ipAllowList);
    }

    /** The same key after a change. */
    public ApiKey with(
            String newName,
            Set<String> newScopes,
            List<String> newIpAllowList,
            @Nullable Integer newRequestsPerMinute,
            @Nullable Instant newExpiresAt) {
        return new ApiKey(
                id,
                organizationId,
                newName,
                preview,
                newScopes,
                createdBy,
                newIpAllowList,
                newRequestsPerMinute,
                createdAt,
                updatedAt,
                newExpiresAt,
                revokedAt,
                lastUsedAt,
                useCount,
                successor,
                version);
    }
}
