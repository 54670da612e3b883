package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFailure.Reason;
import tv.tldr.workflows.account.OrganizationId;

/**
 * Objects in a bucket of an S3 server. Their hashes are kept in their metadata. FFmpeg reads them through {@link ObjectDoor}, so
 * that it needs no credentials, no certificates and no answer to what to do when the server is away.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    private final S3Bucket bucket;
    private final ObjectDoor door;

    public S3ObjectStore(S3Properties properties) {
        this.bucket = new S3Bucket(properties);
        this.door = new ObjectDoor(this);
    }

    @Override
    public StoredObject put(ObjectKey key, Path file) {
        return upload(key, file, hash(file), bytes -> {});
    }

    @Override
    public StoredObject adopt(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        StoredObject stored = upload(key, file, sha256, bytesCopied);
        try {
            Files.deleteIfExists(file);
            return stored;
        } catch (IOException e) {
            throw new UncheckedIOException("could not take over the file of the object " + key, e);
        }
    }

    @Override
    public StoredObject link(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        return upload(key, file, sha256, bytesCopied);
    }

    @Override
    public StoredObject copy(ObjectKey from, ObjectKey to, LongConsumer bytesRead) {
        return new S3Copy(bucket, from, to, bytesRead, S3Copy.PART)
                .run(look(from).orElseThrow(() -> missing(from)));
    }

    @Override
    public Optional<ObjectKey> submitted(OrganizationId organization, String url) {
        String folder = "s3://" + bucket.name() + "/" + ObjectKeys.inbox(organization) + "/";
        String key = url.replaceFirst("^s3://[^/]*/", "");
        return url.startsWith(folder) && ObjectKey.isKey(key) ? Optional.of(new ObjectKey(key)) : Optional.empty();
    }

    private StoredObject upload(ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        return new S3Upload(bucket, key, file, sha256, bytesCopied).run();
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
        Optional<GetObjectResponse> found = look(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String known = found.get().metadata().get(S3Upload.HASH);
        String sha256 = known == null ? hash(key) : known;
        return Optional.of(new StoredObject(key, size(found.get()), sha256));
    }

    @Override
    public Optional<Long> size(ObjectKey key) {
        return look(key).map(S3ObjectStore::size);
    }

    /** The first byte is asked for, since only such an answer tells a missing object from a missing bucket. */
    Optional<GetObjectResponse> look(ObjectKey key) {
        String doing = "The object " + key + " could not be looked at";
        try {
            return Optional.of(bucket.call(doing, s3 -> s3.getObject(
                            get -> get.bucket(bucket.name())
                                    .key(key.value())
                                    .range("bytes=0-0")
                                    .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE)),
                            AsyncResponseTransformer.toBytes())
                    .thenApply(bytes -> bytes.response())));
        } catch (S3Failures.OutOfRange empty) {
            return Optional.of(GetObjectResponse.builder()
                    .contentLength(0L)
                    .metadata(Map.of())
                    .build());
        } catch (StorageFailure failure) {
            if (failure.reason() == Reason.MISSING_OBJECT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Of the whole object, of which {@code part} is an answer to a request for some of it. */
    static long size(GetObjectResponse part) {
        String range = part.contentRange();
        return range == null ? part.contentLength() : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
    }

    @Override
    public InputStream get(ObjectKey key) {
        return S3Stream.open(bucket, key, 0, Long.MAX_VALUE);
    }

    @Override
    public InputStream range(ObjectKey key, long offset, long length) {
        return S3Stream.open(bucket, key, offset, length);
    }

    @Override
    public <T, E extends Exception> T reading(ObjectKey key, ObjectUse<T, E> use) throws E {
        long size = size(key).orElseThrow(() -> missing(key));
        return door.open(key, size, use);
    }

    @Override
    public List<ObjectKey> list(ObjectKey folder) {
        List<ObjectKey> keys = new ArrayList<>();
        String continuation = null;
        do {
            ListObjectsV2Response page = page(folder, continuation, null);
            page.contents().stream()
                    .map(object -> object.key())
                    .filter(ObjectKey::isKey)
                    .map(ObjectKey::new)
                    .forEach(keys::add);
            continuation = page.nextContinuationToken();
        } while (continuation != null);
        keys.sort((a, b) -> a.value().compareTo(b.value()));
        return keys;
    }

    private ListObjectsV2Response page(ObjectKey folder, @Nullable String continuation, @Nullable String delimiter) {
        return bucket.call(
                "What lies below " + folder + " could not be listed",
                s3 -> s3.listObjectsV2(list -> list.bucket(bucket.name())
                        .prefix(folder + "/")
                        .delimiter(delimiter)
                        .continuationToken(continuation)
                        .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE))));
    }

    @Override
    public void delete(ObjectKey key) {
        bucket.call(
                "The object " + key + " could not be deleted",
                s3 -> s3.deleteObject(delete -> delete.bucket(bucket.name())
                        .key(key.value())
                        .overrideConfiguration(S3Bucket.within(S3Bucket.PATIENCE))));
    }

    /** Where anybody gets the object, without a key of ours, for a time. */
    public URI presignedGet(ObjectKey key, Duration validity) {
        return uri(bucket.presigner()
                .presignGetObject(presign -> presign.signatureDuration(validity)
                        .getObjectRequest(get -> get.bucket(bucket.name()).key(key.value())))
                .url()
                .toExternalForm());
    }

    /** Where anybody puts exactly this content under the key, for a time: its length and hash are part of the signature. */
    public URI presignedPut(StoredObject object, Duration validity) {
        String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(object.sha256()));
        return uri(bucket.presigner()
                .presignPutObject(
                        presign -> presign.signatureDuration(validity).putObjectRequest(put -> put.bucket(bucket.name())
                                .key(object.key().value())
                                .contentLength(object.sizeBytes())
                                .checksumSHA256(checksum)
                                .metadata(Map.of(S3Upload.HASH, object.sha256()))))
                .url()
                .toExternalForm());
    }

    /** Whether the bucket is there and answers us, within {@code patience} with all second tries. */
    public void check(Duration patience) {
        bucket.call(
                "The bucket could not be looked at",
                s3 -> s3.listObjectsV2(list ->
                        list.bucket(bucket.name()).maxKeys(1).overrideConfiguration(S3Bucket.within(patience))));
    }

    /** Makes the bucket, which is ours alone then. */
    public void makeBucket() {
        bucket.call("The bucket could not be made", s3 -> s3.createBucket(make -> make.bucket(bucket.name())));
    }

    @Override
    public int removeUnfinished(Instant before) {
        return new S3OpenUploads(bucket)
                .giveUp(ObjectKeys.ALL + "/", upload -> upload.initiated().isBefore(before));
    }

    @Override
    public List<ObjectKey> folders(ObjectKey folder) {
        List<ObjectKey> folders = new ArrayList<>();
        String continuation = null;
        do {
            ListObjectsV2Response page = page(folder, continuation, "/");
            page.commonPrefixes().stream()
                    .map(below -> below.prefix().substring(0, below.prefix().length() - 1))
                    .filter(ObjectKey::isKey)
                    .map(ObjectKey::new)
                    .forEach(folders::add);
            continuation = page.nextContinuationToken();
        } while (continuation != null);
        return folders;
    }

    private static StorageFailure missing(ObjectKey key) {
        return new StorageFailure(
                Reason.MISSING_OBJECT, "The object " + key + " could not be read: it is not there.", new IOException());
    }

    private static String hash(Path file) {
        try {
            return Sha256.of(file, bytes -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private String hash(ObjectKey key) {
        try (InputStream content = get(key)) {
            return Sha256.of(content, bytes -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the object " + key + ": " + e.getMessage(), e);
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("what the SDK signs is a URL", e);
        }
    }

    @Override
    public void close() {
        door.close();
        bucket.close();
    }
}
