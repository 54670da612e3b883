package tv.tldr.activities.store;

import tv.tldr.workflows.account.Role;

/** Whose API key was presented? */
public sealed interface KeyLookup {
    /**
     * A key that may be used.
     *
     * @param creator what its creator is in the organization now; the owner, when whoever runs the installation made it
     */
    record Valid(ApiKey key, Role creator) implements KeyLookup {}

    /** A key whose time is over. */
    record Expired(ApiKey key) implements KeyLookup {}

    /** No key of ours, a revoked one, or one of somebody who left: a stranger learns no difference. */
    record Unknown() implements KeyLookup {}
}
