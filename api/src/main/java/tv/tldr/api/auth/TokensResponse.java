package tv.tldr.api.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.Role;

/**
 * What does somebody get who signs in?
 *
 * @param expiresIn seconds that the access token is good for
 * @param refreshToken good once, for the next pair
 * @param organizationId null, like the role: the user belongs to none
 */
record TokensResponse(
        String accessToken,
        String tokenType,
        long expiresIn,
        String refreshToken,
        Instant refreshExpiresAt,
        String userId,
        @Nullable String organizationId,
        @Nullable Role role) {
    /** Without the tokens. */
    @Override
    public String toString() {
        return "TokensResponse[" + userId + "]";
    }
}
