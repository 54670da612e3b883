package tv.tldr.activities.storage;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What was begun in a bucket and has become no object? Nobody sees it, and it is paid for until it is given up. */
final class S3OpenUploads {
    private final S3Bucket bucket;

    S3OpenUploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Gives up those that are meant.
     *
     * @param prefix what their keys begin with
     * @return how many there were
     */
    int giveUp(String prefix, Predicate<MultipartUpload> meant) {
        int givenUp = 0;
        String key = null;
        String id = null;
        ListMultipartUploadsResponse page;
        do {
            page = list(prefix, key, id);
            for (MultipartUpload upload : page.uploads()) {
                if (meant.test(upload)) {
                    giveUp(upload.key(), upload.uploadId());
                    givenUp++;
                }
            }
            key = page.nextKeyMarker();
            id = page.nextUploadIdMarker();
        } while (Boolean.TRUE.equals(page.isTruncated()));
        return givenUp;
    }

    void giveUp(String key, String id) {
        bucket.call(
                "An unfinished upload could not be given up",
                s3 -> s3.abortMultipartUpload(abort -> abort.bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE))));
    }

    private ListMultipartUploadsResponse list(String prefix, @Nullable String afterKey, @Nullable String afterId) {
        return bucket.call(
                "Unfinished uploads could not be listed",
                s3 -> s3.listMultipartUploads(list -> list.bucket(bucket.name())
                        .prefix(prefix)
                        .keyMarker(afterKey)
                        .uploadIdMarker(afterId)
                        .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE))));
    }
}
