package tv.tldr.activities.store;

/**
 * Under which hash is an API key known?
 *
 * @param hex 64 digits; as it stands in notices of changes
 */
public record KeyHash(String hex) {}
