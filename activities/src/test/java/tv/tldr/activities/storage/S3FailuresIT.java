package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFailure.Reason;

/** What goes wrong between us and an S3 server, each told apart, whatever was asked. */
class S3FailuresIT {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");
    /** Within which Temporal wants to hear from an activity. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final TestS3 server = TestS3.shared();

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private String bucket = "";

    @BeforeEach
    void makeABucket() throws IOException {
        file = Files.writeString(folder.resolve("file"), "hello");
        bucket = server.newBucket().bucket();
    }

    @Test
    void aWrongSecretIsRefused() {
        assumeItIsChecked();
        isRefused(server.properties(bucket, "eu-central-1", "TLDRTESTKEY", "another secret"), Reason.REFUSED_KEY);
    }

    @Test
    void anUnknownKeyIsRefused() {
        assumeItIsChecked();
        isRefused(server.properties(bucket, "eu-central-1", "nobody", "a secret"), Reason.REFUSED_KEY);
    }

    @Test
    void somebodyWithoutRightsIsDenied() throws IOException {
        assumeItIsChecked();
        isRefused(server.stranger(bucket), Reason.DENIED);
    }

    @Test
    void anotherRegionIsNamed() {
        assumeItIsChecked();
        S3Properties right = server.properties(bucket);
        isRefused(
                server.properties(bucket, "us-west-2", right.accessKeyId(), right.secretAccessKey()),
                Reason.WRONG_REGION);
    }

    @Test
    void aMissingBucketIsNotAMissingObject() {
        isRefused(server.properties("tldr-not-there"), Reason.MISSING_BUCKET);
    }

    @Test
    void missingCredentialsAreSaid() {
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            isRefused(server.properties(bucket, "eu-central-1", "", ""), Reason.NO_CREDENTIALS);
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    @Test
    void aServerThatIsAwayIsToldBeforeAHeartbeatIsMissed() {
        S3Properties away =
                new S3Properties(bucket, "eu-central-1", "key", "secret", "", "http://127.0.0.1:1", null, "", "");
        isRefused(away, Reason.AWAY);
    }

    private static void assumeItIsChecked() {
        Assumptions.assumeTrue(TestS3.checksSignatures(), "there is no Go here, and S3Mock believes everybody");
    }

    private void isRefused(S3Properties properties, Reason reason) {
        try (S3ObjectStore store = new S3ObjectStore(properties)) {
            for (Runnable call : new Runnable[] {
                () -> store.find(KEY),
                () -> store.put(KEY, file),
                () -> store.get(KEY),
                () -> store.list(KEY),
                () -> store.reading(KEY, MediaInput::arguments),
                () -> store.check(Duration.ofSeconds(10))
            }) {
                Instant before = Instant.now();
                StorageFailure failure = catchThrowableOfType(StorageFailure.class, call::run);
                assertThat(Duration.between(before, Instant.now())).isLessThan(HEARTBEAT);
                assertThat(failure).isNotNull();
                assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
                assertThat(failure)
                        .message()
                        .doesNotContain(bucket)
                        .doesNotContain("127.0.0.1")
                        .doesNotContain(properties.endpointUrl());
            }
        }
        assertThat(file).exists();
    }
}
