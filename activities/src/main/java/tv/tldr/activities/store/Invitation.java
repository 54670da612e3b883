package tv.tldr.activities.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.workflows.account.InvitationId;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Role;
import tv.tldr.workflows.account.UserId;

/**
 * An invitation that is open: neither accepted nor taken back.
 *
 * @param invitedBy null: a key that whoever runs the installation made
 */
public record Invitation(
        OrganizationId organizationId,
        InvitationId id,
        String email,
        Role role,
        @Nullable UserId invitedBy,
        Instant createdAt,
        Instant expiresAt) {}
