package tv.tldr.workflows.activity;

/**
 * A stored source, which every later step reads windows of.
 *
 * @param objectKey where the object store keeps it
 * @param sizeBytes its size
 * @param sha256 its content's hash, lower-case hex
 * @param facts what is in it
 */
public record Recording(String objectKey, long sizeBytes, String sha256, MediaFacts facts) {}
