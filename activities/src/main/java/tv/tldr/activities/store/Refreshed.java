package tv.tldr.activities.store;

import java.time.Instant;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/** What came of presenting a refresh token? */
public sealed interface Refreshed {
    /**
     * A new one takes its place.
     *
     * @param token the new one, told once
     * @param expiresAt of the new one
     */
    record Rotated(SessionId session, UserId user, OrganizationId organization, String token, Instant expiresAt)
            implements Refreshed {
        /** Without the token. */
        @Override
        public String toString() {
            return "Rotated[" + session + "]";
        }
    }

    /** It was used before: somebody has a copy. The session is over now, for both of them. */
    record Reused(SessionId session, UserId user, OrganizationId organization) implements Refreshed {}

    /** None of ours, or its time is over. */
    record Unknown() implements Refreshed {}
}
