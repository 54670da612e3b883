package tv.tldr.activities.store;

import tv.tldr.activities.storage.ObjectKey;

/**
 * Bytes of an upload that lie in the object store.
 *
 * @param start where they begin in the whole
 */
public record UploadedPart(long start, long size, ObjectKey key) {}
