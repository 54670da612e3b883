package tv.tldr.activities.store;

/**
 * An endpoint with its secret, which is told this once.
 *
 * @param secret {@code whsec_} and the key in base 64
 */
public record IssuedEndpoint(EndpointRow endpoint, String secret) {}
