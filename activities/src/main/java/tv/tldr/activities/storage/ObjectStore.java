package tv.tldr.activities.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import tv.tldr.workflows.account.OrganizationId;

/**
 * Keeps large things under keys. An object is seen whole or not at all; writing a key again replaces it at once. Failures
 * of the store itself are {@link java.io.UncheckedIOException}, those of a remote one {@link tv.tldr.activities.StorageFailure}.
 */
public interface ObjectStore {
    /** Stores a copy of {@code file}, which stays the caller's. */
    StoredObject put(ObjectKey key, Path file);

    /**
     * Stores {@code file} and takes it over: it is gone afterwards, moved when that is possible, and untouched when this
     * fails.
     *
     * @param sha256 its hash, which the caller knows from writing it
     * @param bytesCopied told every few megabytes, if it has to be copied; what it throws ends the copy
     */
    StoredObject adopt(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied);

    /**
     * Makes a file that belongs to somebody else readable under a key, without a copy where the store can: a hard link,
     * else a symbolic link, else a copy. Deleting the object never deletes the file.
     *
     * @param sha256 its hash, as the caller read it
     * @param bytesCopied told every few megabytes, if it has to be copied; what it throws ends the copy
     */
    StoredObject link(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied);

    /**
     * Stores what lies under one key under another one, too.
     *
     * @param bytesRead told every few megabytes; what it throws ends the copy
     */
    StoredObject copy(ObjectKey from, ObjectKey to, LongConsumer bytesRead);

    /**
     * The object that a URL of a customer names: one that was put into the organization's own folder for what it submits.
     * Empty when it names anything else, or this store has no such URLs.
     */
    default Optional<ObjectKey> submitted(OrganizationId organization, String url) {
        return Optional.empty();
    }

    /** What is there, if anything is. */
    Optional<StoredObject> find(ObjectKey key);

    /** The size in bytes, without looking at the content. */
    default Optional<Long> size(ObjectKey key) {
        return find(key).map(StoredObject::sizeBytes);
    }

    /** Opens the whole object; the caller closes it. */
    InputStream get(ObjectKey key);

    /** Opens {@code length} bytes from {@code offset} on, fewer at the object's end; the caller closes it. */
    InputStream range(ObjectKey key, long offset, long length);

    /**
     * Lets FFmpeg read the object. What the use answers or throws counts only if the object could be read all the while:
     * FFmpeg takes what broke off for the end of a recording, or for a damaged one.
     */
    <T, E extends Exception> T reading(ObjectKey key, ObjectUse<T, E> use) throws E;

    /** Every key below {@code folder}, sorted. */
    List<ObjectKey> list(ObjectKey folder);

    /** What lies directly below {@code folder} and has objects below itself, sorted. */
    List<ObjectKey> folders(ObjectKey folder);

    /** Removes the object; nothing happens when there is none. */
    void delete(ObjectKey key);

    /**
     * Removes what was begun before and has not become an object, because whoever began it was killed.
     *
     * @return how much of it there was
     */
    int removeUnfinished(Instant before);
}
