package tv.tldr.workflows.account;

import java.util.Locale;

/** What happens to an organization that its owners must be able to look up later? */
public enum AuditAction {
    USER_REGISTERED,
    USER_SIGNED_IN,
    USER_SIGN_IN_FAILED,
    USER_SIGNED_OUT,
    USER_UPDATED,
    USER_EMAIL_VERIFIED,
    USER_EMAIL_CHANGED,
    PASSWORD_CHANGED,
    PASSWORD_RESET_REQUESTED,
    PASSWORD_RESET,
    REFRESH_TOKEN_REUSED,
    API_KEY_CREATED,
    API_KEY_UPDATED,
    API_KEY_ROTATED,
    API_KEY_REVOKED,
    API_KEYS_REVOKED,
    ORGANIZATION_CREATED,
    ORGANIZATION_UPDATED,
    MEMBER_ROLE_CHANGED,
    MEMBER_REMOVED,
    INVITATION_CREATED,
    INVITATION_REVOKED,
    INVITATION_ACCEPTED,
    SHARE_CREATED,
    SHARE_REVOKED,
    LINK_KEY_ROTATED,
    WEBHOOK_CREATED,
    WEBHOOK_UPDATED,
    WEBHOOK_SECRET_ROTATED,
    WEBHOOK_DELETED,
    /** A URL led where nobody may go, when it was opened. */
    EGRESS_REFUSED;

    /** The word for it on the wire and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
