package tv.tldr.activities.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.UserId;

/** An API key to be made; see {@link ApiKey}. */
public record NewKey(
        String name,
        Set<String> scopes,
        @Nullable UserId createdBy,
        List<String> ipAllowList,
        @Nullable Integer requestsPerMinute,
        @Nullable Instant expiresAt) {
    public NewKey {
        scopes = Set.copyOf(scopes);
        ipAllowList = List.copyOf(ipAllowList);
    }
}
