package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.SessionId;
import tv.tldr.workflows.account.UserId;

/** What came of presenting a refresh token? */
public sealed interface Refreshed {
    /**
     * A new one takes its place.
     *
     * @param organization null: the user belongs to none
     * @param token the new one, told once
     * @param expiresAt of the new one
     * @param arrived whether the session comes into this organization with it, from another one or none
     */
    record Rotated(
            SessionId session,
            UserId user,
            @Nullable OrganizationId organization,
            String token,
            Instant expiresAt,
            boolean arrived)
            implements Refreshed {
        /** Without the token. */
        @Override
        public String toString() {
            return "Rotated[" + session + "]";
        }
    }

    /**
     * It was used before: somebody has a copy. The session is over now, for both of them.
     *
     * @param organization null: it was for none, or for one that is gone
     */
    record Reused(SessionId session, UserId user, @Nullable OrganizationId organization) implements Refreshed {}

    /** None of ours, or its time is over. */
    record Unknown() implements Refreshed {}
}
