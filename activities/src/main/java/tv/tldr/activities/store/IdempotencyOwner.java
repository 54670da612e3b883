package tv.tldr.activities.store;

import tv.tldr.workflows.account.OrganizationId;

/** To whom does an idempotency key belong? Two owners may give the same one, and neither hears of the other. */
public sealed interface IdempotencyOwner {
    /**
     * Somebody in an organization.
     *
     * @param person whose keys ask for them, too; empty: nobody, as with a key that whoever runs the installation made
     */
    record Tenant(OrganizationId organization, String person) implements IdempotencyOwner {}

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
