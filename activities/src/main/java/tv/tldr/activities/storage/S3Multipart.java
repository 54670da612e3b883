package tv.tldr.activities.storage;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object of a bucket that is made in parts: nobody sees it before it is complete, and when anything goes wrong its parts are
 * given up. Those of a killed process are swept.
 *
 * @param doing what could not be done if it fails, in a sentence without its end
 */
record S3Multipart(S3Bucket bucket, ObjectKey key, String sha256, String doing) {
    private static final Logger LOG = LoggerFactory.getLogger(S3Multipart.class);

    /** Sends all parts, in order. */
    @FunctionalInterface
    interface Filling<E extends Exception> {
        List<CompletedPart> into(String uploadId) throws E;
    }

    /**
     * @param checksums that each part comes with; null: none
     * @param news called while the server puts the parts together; what it throws ends it
     */
    <E extends Exception> void make(@Nullable ChecksumAlgorithm checksums, Filling<E> filling, Runnable news) throws E {
        String id = bucket.call(
                        doing,
                        s3 -> s3.createMultipartUpload(create -> create.bucket(bucket.name())
                                .key(key.value())
                                .metadata(Map.of(S3Upload.HASH, sha256))
                                .checksumAlgorithm(checksums)
                                .serverSideEncryption(bucket.encryption())
                                .ssekmsKeyId(bucket.kmsKey())
                                .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE))))
                .uploadId();
        try {
            List<CompletedPart> parts = filling.into(id);
            S3Bucket.awaitWithNews(
                    doing,
                    bucket.start(s3 -> s3.completeMultipartUpload(complete -> complete.bucket(bucket.name())
                            .key(key.value())
                            .uploadId(id)
                            .multipartUpload(all -> all.parts(parts))
                            .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE)))),
                    news);
        } catch (Exception e) {
            giveUp(id);
            throw e;
        }
    }

    private void giveUp(String id) {
        try {
            new S3OpenUploads(bucket).giveUp(key.value(), id);
        } catch (RuntimeException later) {
            LOG.warn("{} The sweep does it.", later.getMessage());
        }
    }
}
