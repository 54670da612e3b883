package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import tv.tldr.workflows.account.OrganizationId;

class S3ObjectStoreIT extends ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("organizations/org_1/streams/stream_1/source");
    private static final int PARTS = 20_000_000;

    private final S3Properties properties = TestS3.shared().newBucket();
    private final S3ObjectStore store = new S3ObjectStore(properties);

    @Override
    ObjectStore store() {
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void storesALargeFileInPartsWithHeartbeats() throws IOException {
        Path file = largeFile();
        String sha256 = Sha256.of(file, bytes -> {});
        List<Long> heartbeats = new ArrayList<>();

        StoredObject stored = store.adopt(KEY, file, sha256, heartbeats::add);

        assertThat(stored).isEqualTo(new StoredObject(KEY, PARTS, sha256));
        assertThat(store.find(KEY)).contains(stored);
        assertThat(heartbeats).hasSizeGreaterThan(2).isSorted().endsWith((long) PARTS);
        assertThat(file).doesNotExist();
        try (InputStream content = store.get(KEY)) {
            assertThat(Sha256.of(content, bytes -> {})).isEqualTo(sha256);
        }
        try (InputStream content = store.range(KEY, 9_000_000, 5_000_000)) {
            assertThat(content.readAllBytes()).hasSize(5_000_000);
        }
        assertThat(store.removeUnfinished(Instant.MAX)).isZero();
    }

    @Test
    void copiesALargeObjectInParts() throws IOException {
        Path file = largeFile();
        ObjectKey from = new ObjectKey("inbox/org_1/large");
        StoredObject stored = store.put(from, file);
        List<Long> heartbeats = new ArrayList<>();
        try (S3Bucket bucket = new S3Bucket(properties)) {
            StoredObject copied = new S3Copy(bucket, from, KEY, heartbeats::add, 8 << 20)
                    .run(store.look(from).orElseThrow());

            assertThat(copied).isEqualTo(new StoredObject(KEY, PARTS, stored.sha256()));
        }
        assertThat(store.find(KEY)).contains(new StoredObject(KEY, PARTS, stored.sha256()));
        try (InputStream content = store.get(KEY)) {
            assertThat(Sha256.of(content, bytes -> {})).isEqualTo(stored.sha256());
        }
        assertThat(heartbeats).contains((long) PARTS);
        assertThat(store.removeUnfinished(Instant.MAX)).isZero();
    }

    @Test
    void givesUpTheUploadWhenTheCallerDoes() throws IOException {
        Path file = largeFile();
        assertThatThrownBy(() -> store.adopt(KEY, file, Sha256.of(file, bytes -> {}), bytes -> {
                    throw new CancellationException("stopped");
                }))
                .isExactlyInstanceOf(CancellationException.class);

        assertThat(file).hasSize(PARTS);
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.removeUnfinished(Instant.MAX)).isZero();
    }

    @Test
    void refusesContentThatIsNotWhatItsHashSays() throws IOException {
        assertThatThrownBy(() -> store.adopt(KEY, file("hello"), "00".repeat(32), bytes -> {}))
                .hasMessageContaining("could not be stored");
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void readsAndListsWhatOthersPutThere() throws IOException {
        try (S3Bucket bucket = new S3Bucket(properties)) {
            for (String key : List.of(KEY.value(), "organizations/org_1/streams/stream_1/not a key of ours")) {
                bucket.call(
                        "test",
                        s3 -> s3.putObject(
                                put -> put.bucket(properties.bucket()).key(key), AsyncRequestBody.fromString("hello")));
            }
        }
        String sha256 = Sha256.of(file("hello"), bytes -> {});

        assertThat(store.find(KEY)).contains(new StoredObject(KEY, 5, sha256));
        assertThat(store.list(new ObjectKey("organizations/org_1"))).containsExactly(KEY);
    }

    @Test
    void keepsEmptyObjects() throws IOException {
        StoredObject stored = store.put(KEY, file(""));

        assertThat(store.find(KEY)).contains(stored);
        assertThat(text(store.get(KEY))).isEmpty();
        assertThat(text(store.range(KEY, 0, 10))).isEmpty();
    }

    @Test
    void listsMoreThanOnePageOfThem() throws IOException {
        Path file = file("x");
        List<ObjectKey> keys = new ArrayList<>();
        for (int i = 0; i < 1005; i++) {
            keys.add(new ObjectKey("organizations/org_1/%04d".formatted(i)));
        }
        keys.parallelStream().forEach(key -> store.put(key, file));

        assertThat(store.list(new ObjectKey("organizations/org_1"))).isEqualTo(keys);
    }

    @Test
    void failsRatherThanReadTwoVersions() throws IOException {
        store.put(KEY, Files.write(file(""), new byte[6_000_000]));
        try (InputStream content = store.get(KEY)) {
            content.readNBytes(1000);
            store.put(KEY, file("another"));

            assertThatThrownBy(content::readAllBytes).hasMessageContaining("replaced");
        }
    }

    @Test
    void lendsAnObjectByAUrlThatEnds() throws Exception {
        assumeARealServer();
        store.put(KEY, file("hello"));
        String url = store.presignedGet(KEY, Duration.ofMinutes(1)).toString();

        assertThat(get(url).body()).isEqualTo("hello");
        assertThat(get(url.replace("/stream_1/", "/stream_2/")).statusCode()).isEqualTo(403);
        String ended = store.presignedGet(KEY, Duration.ofSeconds(1)).toString();
        Awaitility.await().until(() -> get(ended).statusCode() == 403);
    }

    @Test
    void takesExactlyWhatAPresignedPutWasMadeFor() throws Exception {
        String sha256 = Sha256.of(file("hello"), bytes -> {});
        StoredObject object = new StoredObject(KEY, 5, sha256);
        String url = store.presignedPut(object, Duration.ofMinutes(1)).toString();

        assertThat(put(url, sha256, "hallo").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(store.find(KEY)).isEmpty();
        HttpResponse<String> taken = put(url, sha256, "hello");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(store.find(KEY)).contains(object);
    }

    @Test
    void takesWhatAnOrganizationHasPutIntoItsOwnFolderAlone() {
        OrganizationId own = new OrganizationId(new UUID(0, 1));
        OrganizationId other = new OrganizationId(new UUID(0, 2));
        String folder = "s3://" + properties.bucket() + "/inbox/" + own;

        assertThat(store.submitted(own, folder + "/a/match.mp4"))
                .contains(new ObjectKey("inbox/" + own + "/a/match.mp4"));
        for (String url : List.of(
                folder.replace(own.toString(), other.toString()) + "/match.mp4",
                folder + "/../" + other + "/match.mp4",
                folder + "x/match.mp4",
                folder + "/",
                folder,
                "s3://another/inbox/" + own + "/match.mp4",
                "s3://" + properties.bucket() + "/organizations/" + own + "/streams/x/source",
                folder + "/match.mp4?versionId=1",
                "s3:" + folder)) {
            assertThat(store.submitted(own, url)).as(url).isEmpty();
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> put(String url, String sha256, String body) throws Exception {
        String checksum = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("x-amz-checksum-sha256", checksum)
                            .header("x-amz-meta-sha256", sha256)
                            .PUT(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    @Override
    void replacesAnObjectAtOnce() throws IOException {
        assumeARealServer();
        super.replacesAnObjectAtOnce();
    }

    private static void assumeARealServer() {
        assumeTrue(
                TestS3.checksSignatures(),
                "there is no Go here, and S3Mock neither checks signatures nor replaces an object at once");
    }

    private Path largeFile() throws IOException {
        byte[] content = new byte[PARTS];
        new Random(1).nextBytes(content);
        return Files.write(Files.createTempFile(folder, "large", ""), content);
    }
}
