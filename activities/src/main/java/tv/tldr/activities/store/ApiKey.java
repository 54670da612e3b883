package tv.tldr.activities.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.ApiKeyId;
import tv.tldr.workflows.account.OrganizationId;

/**
 * An API key as the database knows it; the key itself is nowhere.
 *
 * @param preview enough of the key to recognise it by
 * @param expiresAt null: never
 * @param revokedAt null: not revoked
 */
public record ApiKey(
        ApiKeyId id,
        OrganizationId organizationId,
        String name,
        String preview,
        Set<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {
    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
