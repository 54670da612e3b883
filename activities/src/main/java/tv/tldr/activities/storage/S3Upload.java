package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One file on its way into a bucket: at once when it is small, else in parts, a few at a time. The server checks the SHA-256
 * of all that it is sent, and shows the object when all of it is there. However it goes wrong, the parts are given up; those of
 * a killed process are swept.
 */
final class S3Upload {
    /** Under this name an object's metadata hold the SHA-256 of the whole. */
    static final String HASH = "sha256";

    private static final long LEAST_PART = 8L << 20;
    private static final int MOST_PARTS = 10_000;
    private static final int PARTS_AT_ONCE = 4;
    private static final long SETTLING_SECONDS = 5;

    private final S3Bucket bucket;
    private final ObjectKey key;
    private final Path file;
    private final String sha256;
    private final LongConsumer bytesCopied;

    S3Upload(S3Bucket bucket, ObjectKey key, Path file, String sha256, LongConsumer bytesCopied) {
        this.bucket = bucket;
        this.key = key;
        this.file = file;
        this.sha256 = sha256;
        this.bytesCopied = bytesCopied;
    }

    StoredObject run() {
        try (FileChannel content = FileChannel.open(file)) {
            long size = content.size();
            if (size <= LEAST_PART) {
                atOnce(content, size);
            } else {
                inParts(content, size);
            }
            return new StoredObject(key, size, sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read what the object " + key + " is to be: " + e.getMessage(), e);
        }
    }

    private String doing() {
        return "The object " + key + " could not be stored";
    }

    private void atOnce(FileChannel content, long size) throws IOException {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key.value())
                .metadata(Map.of(HASH, sha256))
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)))
                .serverSideEncryption(bucket.encryption())
                .ssekmsKeyId(bucket.kmsKey())
                .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE))
                .build();
        ByteBuffer whole = block(content, 0, size);
        awaitWithNews(bucket.start(s3 -> s3.putObject(request, AsyncRequestBody.fromByteBuffer(whole))), 0);
        bytesCopied.accept(size);
    }

    private void inParts(FileChannel content, long size) throws IOException {
        giveUpEarlier();
        new S3Multipart(bucket, key, sha256, doing())
                .make(ChecksumAlgorithm.SHA256, id -> sendParts(id, content, size), () -> bytesCopied.accept(size));
    }

    private record PartInFlight(long end, CompletableFuture<CompletedPart> done) {}

    private List<CompletedPart> sendParts(String id, FileChannel content, long size) throws IOException {
        long length = Math.max(LEAST_PART, Math.ceilDiv(size, MOST_PARTS));
        List<CompletedPart> sent = new ArrayList<>();
        Deque<PartInFlight> inFlight = new ArrayDeque<>();
        try {
            for (long offset = 0; offset < size; offset += length) {
                if (inFlight.size() == PARTS_AT_ONCE) {
                    sent.add(arrived(inFlight.remove()));
                }
                long end = Math.min(size, offset + length);
                inFlight.add(new PartInFlight(end, send(id, inFlight.size() + sent.size() + 1, content, offset, end)));
            }
            while (!inFlight.isEmpty()) {
                sent.add(arrived(inFlight.remove()));
            }
            return sent;
        } finally {
            settle(inFlight);
        }
    }

    /** A part that arrives after the upload was given up would begin to keep it. */
    private static void settle(Deque<PartInFlight> inFlight) {
        inFlight.forEach(part -> part.done().completeOnTimeout(null, SETTLING_SECONDS, TimeUnit.SECONDS));
        inFlight.forEach(part -> part.done().handle((done, failure) -> done).join());
    }

    private CompletedPart arrived(PartInFlight part) {
        CompletedPart completed = awaitWithNews(part.done(), part.end());
        bytesCopied.accept(part.end());
        return completed;
    }

    private CompletableFuture<CompletedPart> send(String id, int number, FileChannel content, long offset, long end)
            throws IOException {
        ByteBuffer block = block(content, offset, end - offset);
        Sha256 hash = new Sha256();
        hash.update(block);
        String checksum = Base64.getEncoder().encodeToString(hash.bytes());
        return bucket.start(s3 -> s3.uploadPart(
                        part -> part.bucket(bucket.name())
                                .key(key.value())
                                .uploadId(id)
                                .partNumber(number)
                                .checksumSHA256(checksum)
                                .overrideConfiguration(S3Bucket.within(S3Bucket.BLOCK_PATIENCE)),
                        AsyncRequestBody.fromByteBuffer(block)))
                .thenApply(answer -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(answer.eTag())
                        .checksumSHA256(checksum)
                        .build());
    }

    private <T> T awaitWithNews(CompletableFuture<T> call, long arrived) {
        return S3Bucket.awaitWithNews(doing(), call, () -> bytesCopied.accept(arrived));
    }

    /** What a killed attempt at the same object left; one that only was given up, and still sends, fails. */
    private void giveUpEarlier() {
        new S3OpenUploads(bucket).giveUp(key.value(), upload -> upload.key().equals(key.value()));
    }

    private static ByteBuffer block(FileChannel content, long offset, long length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(length));
        while (block.hasRemaining() && content.read(block, offset + block.position()) >= 0) {
            // Until it is full: a channel may give less than it is asked for.
        }
        return block.flip();
    }
}
