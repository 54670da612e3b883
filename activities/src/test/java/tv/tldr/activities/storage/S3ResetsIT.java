package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket at the end of a line on which connections are reset. */
class S3ResetsIT {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");
    private static final int SIZE = 20_000_000;

    private final S3Properties bucket = TestS3.shared().newBucket();
    private final S3ObjectStore server = new S3ObjectStore(bucket);
    private final PoorLine line = new PoorLine(URI.create(bucket.endpointUrl()).getPort());
    private final S3ObjectStore store = new S3ObjectStore(at("http://127.0.0.1:" + line.port()));

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private String sha256 = "";

    S3ResetsIT() throws IOException {}

    private S3Properties at(String endpoint) {
        return new S3Properties(
                bucket.bucket(),
                bucket.region(),
                bucket.accessKeyId(),
                bucket.secretAccessKey(),
                bucket.sessionToken(),
                endpoint,
                bucket.pathStyle(),
                bucket.encryption(),
                bucket.kmsKeyId());
    }

    @BeforeEach
    void makeAFile() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("file"), content);
        sha256 = Sha256.of(file, bytes -> {});
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        server.close();
        line.close();
    }

    @Test
    void partsThatDidNotArriveAreSentAgain() throws IOException {
        line.cutSending(2);

        StoredObject stored = store.adopt(KEY, file, sha256, bytes -> {});

        assertThat(line.resets()).isEqualTo(2);
        assertThat(server.find(KEY)).contains(stored).contains(new StoredObject(KEY, SIZE, sha256));
        assertIsWhole();
    }

    @Test
    void whatNeverArrivesIsSeenByNobodyAndLeavesNothing() throws IOException {
        line.cutSending(Integer.MAX_VALUE);

        assertThatThrownBy(() -> store.adopt(KEY, file, sha256, bytes -> {}))
                .hasMessageContaining("could not be stored");

        assertThat(server.find(KEY)).isEmpty();
        assertThat(file).hasSize(SIZE);
        assertThat(server.removeUnfinished(Instant.MAX)).isZero();
        line.cutSending(0);
        assertThat(store.adopt(KEY, file, sha256, bytes -> {})).isEqualTo(new StoredObject(KEY, SIZE, sha256));
        assertIsWhole();
    }

    @Test
    void aCompletionWhoseAnswerIsLostIsAskedForOnceMore() throws IOException {
        line.loseAnswerTo("</CompleteMultipartUpload>");

        StoredObject stored = store.adopt(KEY, file, sha256, bytes -> {});

        assertThat(line.resets()).isEqualTo(1);
        assertThat(server.find(KEY)).contains(stored);
        assertIsWhole();
    }

    @Test
    void aReaderGoesOnWhereItWasCutOff() throws IOException {
        server.adopt(KEY, file, sha256, bytes -> {});
        line.cutAnswers(2);

        try (InputStream content = store.get(KEY)) {
            assertThat(Sha256.of(content, bytes -> {})).isEqualTo(sha256);
        }

        assertThat(line.resets()).isEqualTo(2);
    }

    private void assertIsWhole() throws IOException {
        try (InputStream content = server.get(KEY)) {
            assertThat(Sha256.of(content, bytes -> {})).isEqualTo(sha256);
        }
        assertThat(server.removeUnfinished(Instant.MAX)).isZero();
    }
}
