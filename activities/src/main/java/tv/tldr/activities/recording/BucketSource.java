package tv.tldr.activities.recording;

import java.io.IOException;
import java.io.InputStream;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;

/** A recording that was put into the bucket of the objects, into the folder of its organization. */
final class BucketSource {
    private BucketSource() {}

    /** A source's object, and how many bytes it has. */
    record Found(ObjectKey key, long size) {}

    /**
     * The object that an {@code s3:} URL names, when it is there and may be media.
     *
     * @throws io.temporal.failure.ApplicationFailure in words, when not
     */
    static Found check(String url, OrganizationId organization, ObjectStore store, SourceProperties properties)
            throws IOException {
        ObjectKey key = store.submitted(organization, url)
                .orElseThrow(
                        () -> SourceFailure.forbidden(
                                "objects are taken from the folder of the organization in the bucket of this installation alone"));
        long size = store.size(key)
                .orElseThrow(() -> SourceFailure.unreachable("there is no such object in the bucket; check the key"));
        if (size > properties.maxSize().toBytes()) {
            throw SourceFailure.tooLong("it has " + (size >> 20) + " MiB, and at most "
                    + properties.maxSize().toMegabytes() + " MiB are taken; send it in parts");
        }
        if (size == 0) {
            throw SourceFailure.notMedia("it is empty (0 bytes); copy or export it again");
        }
        try (InputStream in = store.range(key, 0, ContentSniffer.ENOUGH)) {
            ContentSniffer.notMedia(in.readAllBytes()).ifPresent(what -> {
                throw SourceFailure.notMedia("it is " + what);
            });
        }
        return new Found(key, size);
    }
}
