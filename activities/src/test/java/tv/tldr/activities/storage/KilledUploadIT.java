package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.recording.ChildJvm;

/** A process is killed while it sends an object to a bucket in parts: nobody sees a half of it, and nothing of it stays. */
class KilledUploadIT {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");
    private static final int SIZE = 20_000_000;

    private final S3Properties bucket = TestS3.shared().newBucket();
    private final S3ObjectStore store = new S3ObjectStore(bucket);

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private String sha256 = "";

    @BeforeEach
    void killAnUpload() throws Exception {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("file"), content);
        sha256 = Sha256.of(file, bytes -> {});
        Process process = new ProcessBuilder(ChildJvm.command(
                        AdoptUntilKilled.class,
                        KEY.value(),
                        file.toString(),
                        sha256,
                        bucket.bucket(),
                        bucket.region(),
                        bucket.accessKeyId(),
                        bucket.secretAccessKey(),
                        bucket.endpointUrl()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String sent = output.lines()
                    .filter(line -> line.matches("[0-9]+"))
                    .findFirst()
                    .orElse("");
            assertThat(Long.parseLong(sent)).isLessThan(SIZE);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(file).hasSize(SIZE);
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.list(new ObjectKey("organizations"))).isEmpty();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theSweepRemovesWhatIsLeft() {
        assertThat(store.removeUnfinished(Instant.EPOCH)).isZero();
        assertThat(store.removeUnfinished(Instant.MAX)).isEqualTo(1);
        assertThat(store.removeUnfinished(Instant.MAX)).isZero();
        assertThat(store.list(new ObjectKey("organizations"))).isEmpty();
    }

    @Test
    void theNextAttemptRemovesItToo() throws IOException {
        assertThat(store.adopt(KEY, file, sha256, bytes -> {})).isEqualTo(new StoredObject(KEY, SIZE, sha256));

        assertThat(store.find(KEY)).contains(new StoredObject(KEY, SIZE, sha256));
        assertThat(store.removeUnfinished(Instant.MAX)).isZero();
    }
}
