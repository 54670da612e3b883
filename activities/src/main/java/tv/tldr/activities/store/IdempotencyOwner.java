package tv.tldr.activities.store;

import tv.tldr.workflows.account.OrganizationId;

/** To whom does an idempotency key belong? Two owners may give the same one, and neither hears of the other. */
public sealed interface IdempotencyOwner {
    /** All who act for it. */
    record Tenant(OrganizationId organization) implements IdempotencyOwner {}

    /**
     * Whoever asks before anybody knows who it is.
     *
     * @param name what the request itself says of its sender, such as an e-mail address or a token; stored as a hash alone
     */
    record Stranger(String name) implements IdempotencyOwner {
        /** Without the name, which may be a secret. */
        @Override
        public String toString() {
            return "Stranger";
        }
    }
}
