package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.activities.storage.TestS3;

/**
 * A whole stream out of a bucket that is the object store, too, which goes away in the middle: the stream waits, says why, and completes.
 * {@code -Daway=60s} keeps it away for longer than a run of all tests has time for.
 */
class BucketAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration AWAY = Duration.parse("PT" + System.getProperty("away", "3s"));
    private static final ObjectKey EVERYTHING = new ObjectKey("organizations");

    @TempDir
    private Path folder = Path.of("");

    private S3Properties bucket = new S3Properties("", "", "", "", "", "", null, "", "");

    @Test
    void aStreamWaitsForItsBucketAndCompletes() throws Exception {
        Path place = Files.createDirectory(folder.resolve("s3"));
        try (TestS3 server = TestS3.start(place);
                Program serve = Program.start(prepared(server), "serve");
                S3ObjectStore objects = new S3ObjectStore(bucket)) {
            ApiClient client = serve.ready();
            await().atMost(PATIENCE)
                    .until(() -> health(client).path("status").asString().equals("up"));
            String stream = submitted(client, objects);
            await().atMost(PATIENCE).until(() -> !objects.list(EVERYTHING).isEmpty());

            server.stop();

            await().atMost(PATIENCE).until(() -> note(client, stream).contains("the object store does not answer"));
            assertThat(note(client, stream)).doesNotContain(bucket.bucket(), bucket.endpointUrl());
            await().atMost(PATIENCE)
                    .until(() -> health(client).path("status").asString().equals("down"));
            assertThat(health(client).path("hint").asString()).contains("AWS_S3_ENDPOINT_URL");
            await().pollDelay(AWAY).atMost(PATIENCE).until(() -> true);
            assertThat(client.get(stream).path("status").asString()).isEqualTo("processing");

            server.start();

            await().atMost(PATIENCE)
                    .until(() -> !client.get(stream).path("status").asString().equals("processing"));
            JsonNode ended = client.get(stream);
            assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("completed");
            assertThat(ended.path("errors")).isEmpty();
            assertThat(ended.path("coverage").asDouble()).isEqualTo(1);
            List<JsonNode> highlights = client.list(stream + "/highlights");
            assertThat(highlights).isNotEmpty().allSatisfy(highlight -> isServed(client, highlight));
            assertThat(Files.exists(folder.resolve(".tldr/objects"))).isFalse();

            assertThat(serve.err() + serve.out() + Files.readString(folder.resolve(".tldr/logs/tldr.log")))
                    .as("what is secret is in no log")
                    .contains("does not answer")
                    .doesNotContain(bucket.secretAccessKey())
                    .doesNotContain("X-Amz-");
            client.delete(stream);
            await().atMost(PATIENCE).until(() -> objects.list(EVERYTHING).isEmpty());
        }
    }

    private Path prepared(TestS3 server) throws IOException {
        bucket = server.newBucket();
        Files.writeString(folder.resolve(".env"), """
                AWS_S3_BUCKET=%s
                AWS_REGION=%s
                AWS_ACCESS_KEY_ID=%s
                AWS_SECRET_ACCESS_KEY="%s"
                AWS_S3_ENDPOINT_URL=%s
                """.formatted(
                        bucket.bucket(),
                        bucket.region(),
                        bucket.accessKeyId(),
                        bucket.secretAccessKey(),
                        bucket.endpointUrl()));
        return folder;
    }

    /** An object that was put into the organization's own folder of the bucket. */
    private String submitted(ApiClient client, S3ObjectStore objects) throws IOException {
        String organization =
                client.get("/api/v1/organizations").at("/data/0/id").asString();
        String key = "inbox/" + organization + "/match.mp4";
        objects.put(new ObjectKey(key), Footage.SAMPLE);
        return "/api/v1/streams/"
                + client.post(
                                "/api/v1/streams",
                                Json.of("{'source_url': 's3://" + bucket.bucket() + "/" + key
                                        + "', 'options': {'highlight_threshold': 0.3}}"))
                        .path("id")
                        .asString();
    }

    private static String note(ApiClient client, String stream) throws IOException {
        return client.get(stream).at("/progress/note").asString("");
    }

    private static JsonNode health(ApiClient client) throws IOException {
        return client.get("/health/detailed").at("/checks/object_storage");
    }

    private void isServed(ApiClient client, JsonNode highlight) throws IOException {
        Path file = folder.resolve(highlight.path("id").asString());
        client.download(highlight.path("clip_url").asString(), file);
        assertThat(Sha256.of(file, bytes -> {}))
                .isEqualTo(highlight.at("/file_info/sha256").asString());
    }
}
