package tv.tldr.api.organizations;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import tv.tldr.activities.store.Invitation;
import tv.tldr.api.auth.MailStatus;

/**
 * What does whoever invites somebody hear?
 *
 * @param mailStatus what becomes of the link
 */
record IssuedInvitationResponse(@JsonUnwrapped InvitationResponse invitation, String mailStatus) {
    static IssuedInvitationResponse of(Invitation invitation, MailStatus mail) {
        return new IssuedInvitationResponse(InvitationResponse.of(invitation), mail.wire());
    }
}
