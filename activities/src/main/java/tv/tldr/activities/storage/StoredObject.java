package tv.tldr.activities.storage;

/**
 * What is stored under a key?
 *
 * @param sha256 lower-case hex
 */
public record StoredObject(ObjectKey key, long sizeBytes, String sha256) {}
