package tv.tldr.api.auth;

import java.time.Instant;
import tv.tldr.workflows.account.Role;

/**
 * What does somebody get who signs in?
 *
 * @param expiresIn seconds that the access token is good for
 * @param refreshToken good once, for the next pair
 */
record TokensResponse(
        String accessToken,
        String tokenType,
        long expiresIn,
        String refreshToken,
        Instant refreshExpiresAt,
        String userId,
        String organizationId,
        Role role) {
    /** Without the tokens. */
    @Override
    public String toString() {
        return "TokensResponse[" + userId + "]";
    }
}
