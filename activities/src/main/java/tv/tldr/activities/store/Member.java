package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/**
 * Somebody in an organization.
 *
 * @param version raised by each change of what they are there
 */
public record Member(
        UserId userId,
        String email,
        String name,
        @Nullable Instant emailVerifiedAt,
        Role role,
        Instant joinedAt,
        long version) {}
