package tv.tldr.api.organizations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.Invitation;
import tv.tldr.workflows.account.Role;

/** What does an open invitation look like on the wire? Its token goes to the invited person alone. */
record InvitationResponse(
        String id, String email, Role role, @Nullable String invitedBy, Instant createdAt, Instant expiresAt) {
    static InvitationResponse of(Invitation invitation) {
        return new InvitationResponse(
                invitation.id().toString(),
                invitation.email(),
                invitation.role(),
                invitation.invitedBy() == null ? null : invitation.invitedBy().toString(),
                invitation.createdAt(),
                invitation.expiresAt());
    }
}
