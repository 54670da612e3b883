package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import tv.tldr.activities.StorageFailure;

/**
 * An object, or a part of it, read in blocks of growing size, the next one while the last one is used. A block that breaks
 * off is asked for again by the SDK; all are of one version of the object, or the reading fails.
 */
final class S3Stream extends InputStream {
    private static final int FIRST_BLOCK = 256 << 10;
    private static final int LARGEST_BLOCK = 4 << 20;

    private final S3Bucket bucket;
    private final ObjectKey key;
    private final long end;
    private final String version;
    private byte[] block;
    private int read;
    private long asked;
    private int length = FIRST_BLOCK;
    private @Nullable CompletableFuture<ResponseBytes<GetObjectResponse>> next;

    private S3Stream(S3Bucket bucket, ObjectKey key, long offset, long end, ResponseBytes<GetObjectResponse> first) {
        this.bucket = bucket;
        this.key = key;
        this.version = first.response().eTag();
        this.block = first.asByteArrayUnsafe();
        this.asked = offset + block.length;
        this.end = Math.min(end, S3ObjectStore.size(first.response()));
        askForMore();
    }

    /**
     * Reads {@code length} bytes from {@code offset} on, fewer at the object's end.
     *
     * @throws StorageFailure when there is no such object, or the store is not to be reached
     */
    static InputStream open(S3Bucket bucket, ObjectKey key, long offset, long length) {
        long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        try {
            ResponseBytes<GetObjectResponse> first =
                    S3Bucket.await(doing(key), ask(bucket, key, offset, Math.min(length, FIRST_BLOCK), null));
            return new S3Stream(bucket, key, offset, end, first);
        } catch (S3Failures.OutOfRange nothingThere) {
            return InputStream.nullInputStream();
        }
    }

    private static String doing(ObjectKey key) {
        return "The object " + key + " could not be read";
    }

    private static CompletableFuture<ResponseBytes<GetObjectResponse>> ask(
            S3Bucket bucket, ObjectKey key, long offset, long length, @Nullable String version) {
        return bucket.start(s3 -> s3.getObject(
                get -> get.bucket(bucket.name())
                        .key(key.value())
                        .range("bytes=" + offset + "-" + (offset + length - 1))
                        .ifMatch(version)
                        .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE)),
                AsyncResponseTransformer.toBytes()));
    }

    private void askForMore() {
        if (asked >= end) {
            next = null;
            return;
        }
        long count = Math.min(length, end - asked);
        next = ask(bucket, key, asked, count, version);
        asked += count;
        length = Math.min(LARGEST_BLOCK, 2 * length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (read == block.length) {
            CompletableFuture<ResponseBytes<GetObjectResponse>> coming = next;
            if (coming == null) {
                return -1;
            }
            block = S3Bucket.await(doing(key), coming).asByteArrayUnsafe();
            read = 0;
            askForMore();
        }
        int count = Math.min(length, block.length - read);
        System.arraycopy(block, read, target, offset, count);
        read += count;
        return count;
    }

    @Override
    public void close() {
        CompletableFuture<ResponseBytes<GetObjectResponse>> coming = next;
        if (coming != null) {
            coming.cancel(true);
        }
    }
}
