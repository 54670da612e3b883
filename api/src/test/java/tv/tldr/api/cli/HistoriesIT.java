package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.api.TestTemporal;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;

/** What workflows of a program that runs have done is written down, and replayed by this program. */
class HistoriesIT {
    private static final String KEY = "2026-11:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneHistoryOfEachWayIsWrittenDownAndFits() throws Exception {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        S3Properties bucket = TestS3.shared().newBucket();
        settings(bucket, "");
        try (Program serve = Program.start(folder, "serve")) {
            ApiClient client = serve.ready();
            twoFilmsAndWhatIsNone(client);

            JsonNode found =
                    done("histories", "export", "--to", "histories", "--json").json();
            List<Path> files = files();
            assertThat(files).hasSameSizeAs(found);
            assertThat(found.valueStream().map(each -> each.path("type").asString()))
                    .as("two that went the same way have one")
                    .containsExactly("StreamWorkflow", "StreamWorkflow", "BatchWorkflow");
            for (Path file : files) {
                assertThat(Files.readString(file))
                        .doesNotContain("identity", "stackTrace", folder.toString(), "/no-media.mp4");
            }
            assertThat(done("histories", "replay", "--from", "histories").err())
                    .contains("Histories that fit this program: " + files.size() + " of " + files.size() + ".");

            done("histories", "export", "--to", "histories", "--quiet");
            assertThat(files()).as("another night").isEqualTo(files);
            String place = "s3://" + bucket.bucket() + "/histories/nightly";
            done("histories", "export", "--to", place);
            assertThat(done("histories", "replay", "--from", place, "--json").json())
                    .hasSameSizeAs(files);
            inItsFolder(bucket);
            String empty = "s3://" + bucket.bucket() + "/histories/weekly";
            done("histories", "replay", "--allow-empty", "--from", empty);
            assertThat(Typed.in(folder, "histories", "replay", "--from", empty).err())
                    .contains("There is no history in s3://");

            ofTheTemporalCommand(client);
        }
        tamperedWith();
    }

    @Test
    void whatIsEncryptedStaysSoAndNeedsItsKey() throws Exception {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        settings(TestS3.shared().newBucket(), KEY);
        try (Program serve = Program.start(folder, "serve")) {
            serve.ready();
            done("analyze", Footage.SAMPLE.toString(), "--json", "--threshold", "0.3");
            done("histories", "export", "--to", "histories");
        }

        for (Path file : files()) {
            assertThat(Files.readString(file)).contains("encryption-key-id");
        }
        done("histories", "replay", "--from", "histories");
        Typed without = Typed.with(
                Map.of("TEMPORAL_PAYLOAD_KEYS", "2026-12:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="),
                folder,
                "histories",
                "replay",
                "--from",
                "histories");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).contains("differs", "2026-11, which TEMPORAL_PAYLOAD_KEYS does not name");
    }

    /** As an operator has one of a workflow that is under way. */
    private void ofTheTemporalCommand(ApiClient client) throws Exception {
        String temporal = RunningInstance.read(new Home(folder.resolve(".tldr")))
                .map(RunningInstance::temporal)
                .orElseThrow();
        String stream = client.list("/api/v1/streams").getFirst().path("id").asString();
        Path running = Files.createDirectory(folder.resolve("running"));
        Process show = new ProcessBuilder(
                        TestTemporal.command().orElseThrow().toString(),
                        "workflow",
                        "show",
                        "--address",
                        temporal,
                        "--workflow-id",
                        "stream/" + stream,
                        "--output",
                        "json")
                .redirectOutput(running.resolve("one.json").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(show.waitFor()).isZero();
        assertThat(done("histories", "replay", "--from", "running").out()).startsWith("fits");
    }

    private void tamperedWith() throws IOException {
        Path stream = files().stream()
                .filter(file -> file.getFileName().toString().startsWith("StreamWorkflow-completed"))
                .findFirst()
                .orElseThrow();
        String history = Files.readString(stream);
        assertThat(history).contains("\"ProbeSource\"");
        Files.writeString(stream, history.replace("\"ProbeSource\"", "\"GuessSource\""));

        Typed replay = Typed.in(folder, "histories", "replay", "--from", "histories");

        assertThat(replay.exitCode()).isEqualTo(1);
        assertThat(replay.out().lines().filter(line -> line.startsWith("differs")))
                .singleElement()
                .asString()
                .contains(stream.getFileName().toString(), "NonDeterministic");
        assertThat(replay.err())
                .contains("Histories that fit this program: ", "Workflow.getVersion")
                .doesNotContain("\tat ");
        assertThat(Typed.in(folder, "histories", "replay", "--from", "nowhere").err())
                .contains("There is no folder");
    }

    private static void inItsFolder(S3Properties bucket) {
        try (S3ObjectStore objects = new S3ObjectStore(bucket)) {
            assertThat(objects.list(new ObjectKey("histories"))).isNotEmpty().allMatch(key -> key.value()
                    .startsWith("histories/nightly/"));
        }
    }

    private void twoFilmsAndWhatIsNone(ApiClient client) throws IOException {
        Files.copy(Footage.SAMPLE, folder.resolve("one.mp4"));
        Files.copy(Footage.SAMPLE, folder.resolve("other.mp4"));
        Files.writeString(folder.resolve("no-media.mp4"), "no media");
        String streams = Stream.of("one.mp4", "other.mp4", "no-media.mp4")
                .map(name -> "{'source_url': '" + folder.resolve(name).toUri()
                        + "', 'options': {'highlight_threshold': 0.3, 'max_highlights': 1}}")
                .collect(Collectors.joining(","));
        String batch = "/api/v1/batches/"
                + client.post("/api/v1/batches", Json.of("{'parallel_limit': 3, 'streams': [" + streams + "]}"))
                        .path("id")
                        .asString();
        await().atMost(Duration.ofMinutes(4))
                .until(() -> client.get(batch).path("status").asString().equals("completed"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("histories"))) {
            return files.sorted().toList();
        }
    }

    private void settings(S3Properties bucket, String payloadKeys) throws IOException {
        Files.writeString(folder.resolve(".env"), """
                TEMPORAL_PAYLOAD_KEYS=%s
                AWS_REGION=%s
                AWS_ACCESS_KEY_ID=%s
                AWS_SECRET_ACCESS_KEY="%s"
                AWS_S3_ENDPOINT_URL=%s
                """.formatted(
                payloadKeys, bucket.region(), bucket.accessKeyId(), bucket.secretAccessKey(), bucket.endpointUrl()));
    }

    private Typed done(String... arguments) {
        Typed typed = Typed.in(folder, arguments);
        assertThat(typed.exitCode()).as("%s: %s", List.of(arguments), typed).isZero();
        return typed;
    }
}
