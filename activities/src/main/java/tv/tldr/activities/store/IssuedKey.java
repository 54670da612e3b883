package tv.tldr.activities.store;

/**
 * A new API key, to be shown once.
 *
 * @param secret {@code tldr_sk_} and 32 URL-safe characters
 */
public record IssuedKey(ApiKey key, String secret) {
    /** Without the secret, which must not reach a log. */
    @Override
    public String toString() {
        return "IssuedKey[" + key.preview() + "]";
    }
}
