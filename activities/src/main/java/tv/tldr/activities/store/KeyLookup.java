package tv.tldr.activities.store;

/** Whose API key was presented? */
public sealed interface KeyLookup {
    /** A key that may be used. */
    record Valid(ApiKey key) implements KeyLookup {}

    /** A key whose time is over. */
    record Expired(ApiKey key) implements KeyLookup {}

    /** No key of ours, or a revoked one: a stranger learns no difference. */
    record Unknown() implements KeyLookup {}
}
