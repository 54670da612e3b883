package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * An object of a bucket under another key of it: read once, to know its hash, and copied by the server itself, in parts when it is
 * large. What was read is what is copied, or it fails.
 */
final class S3Copy {
    /** The server may take a while for each, and takes at most 10,000 of them. */
    static final long PART = 512L << 20;

    private final S3Bucket bucket;
    private final ObjectKey from;
    private final ObjectKey to;
    private final LongConsumer bytesRead;
    private final long partSize;

    S3Copy(S3Bucket bucket, ObjectKey from, ObjectKey to, LongConsumer bytesRead, long partSize) {
        this.bucket = bucket;
        this.from = from;
        this.to = to;
        this.bytesRead = bytesRead;
        this.partSize = partSize;
    }

    /** @param source what was found under the key to copy from */
    StoredObject run(GetObjectResponse source) {
        long size = S3ObjectStore.size(source);
        String sha256 = hash();
        if (size <= partSize) {
            atOnce(source.eTag(), sha256, size);
        } else {
            inParts(source.eTag(), sha256, size);
        }
        return new StoredObject(to, size, sha256);
    }

    private String hash() {
        try (InputStream content = S3Stream.open(bucket, from, 0, Long.MAX_VALUE)) {
            return Sha256.of(content, bytesRead);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the object " + from + ": " + e.getMessage(), e);
        }
    }

    private String doing() {
        return "The object " + from + " could not be copied";
    }

    private void atOnce(String version, String sha256, long size) {
        await(
                bucket.start(s3 -> s3.copyObject(copy -> copy.sourceBucket(bucket.name())
                        .sourceKey(from.value())
                        .copySourceIfMatch(version)
                        .destinationBucket(bucket.name())
                        .destinationKey(to.value())
                        .metadataDirective(MetadataDirective.REPLACE)
                        .metadata(Map.of(S3Upload.HASH, sha256))
                        .serverSideEncryption(bucket.encryption())
                        .ssekmsKeyId(bucket.kmsKey())
                        .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE)))),
                size);
    }

    private void inParts(String version, String sha256, long size) {
        new S3Multipart(bucket, to, sha256, doing())
                .make(null, id -> copyParts(id, version, size), () -> bytesRead.accept(size));
    }

    private List<CompletedPart> copyParts(String id, String version, long size) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long offset = 0; offset < size; offset += partSize) {
            parts.add(part(id, version, parts.size() + 1, offset, Math.min(size, offset + partSize)));
        }
        return parts;
    }

    private CompletedPart part(String id, String version, int number, long offset, long end) {
        String tag = await(
                        bucket.start(s3 -> s3.uploadPartCopy(part -> part.sourceBucket(bucket.name())
                                .sourceKey(from.value())
                                .copySourceIfMatch(version)
                                .copySourceRange("bytes=" + offset + "-" + (end - 1))
                                .destinationBucket(bucket.name())
                                .destinationKey(to.value())
                                .uploadId(id)
                                .partNumber(number)
                                .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE)))),
                        end)
                .copyPartResult()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private <T> T await(CompletableFuture<T> call, long copied) {
        return S3Bucket.awaitWithNews(doing(), call, () -> bytesRead.accept(copied));
    }
}
