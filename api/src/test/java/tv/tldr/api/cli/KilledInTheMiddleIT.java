package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.RunningInstance;
import tv.tldr.workflows.stream.TimeRange;

/**
 * A crash costs time and no work: what it left running is ended, what was stored before it is not made again, and nothing
 * appears twice.
 */
class KilledInTheMiddleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SEGMENTS = 10;
    /** What was in work is taken up again when its heartbeats have failed to come, and ten seconds. */
    private static final Duration RESUMED = Duration.ofSeconds(15 + 10);
    /** How long a program that is told to leave may take. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aStreamAndAClipThatIsCutAnewGoOnWhereTheyWereKilled() throws Exception {
        Path video = new Footage(folder).make("film.mp4", "-stream_loop 6 -i SAMPLE -t 600 -c copy");
        String streamId;
        Map<Integer, String> measuredBefore;
        try (Program first = Program.start(folder, "serve")) {
            ApiClient client = first.ready();
            streamId = client.post(
                            "/api/v1/streams",
                            Json.of("{'source_url': '" + video.toUri() + "', 'options': {'highlight_threshold': 0.3,"
                                    + " 'max_highlights': 8}}"))
                    .path("id")
                    .asString();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> measuredAt().size() >= 2);
            measuredBefore = measuredAt();
            assertThat(measuredBefore).hasSizeLessThan(SEGMENTS);
            first.kill();
            first.exit();
            Instant killed = Instant.now();
            List<ProcessHandle> orphans = first.others();
            assertThat(orphans).isNotEmpty();

            try (Program second = Program.start(folder, "serve")) {
                ApiClient again = second.ready();
                assertThat(second.others()).doesNotContainAnyElementsOf(orphans);
                int stored = measuredBefore.size();
                await().atMost(RESUMED).until(() -> measuredAt().size() > stored);
                await().atMost(PATIENCE).until(() -> again.get("/api/v1/streams/" + streamId)
                        .path("status")
                        .asString()
                        .equals("completed"));

                assertThat(measuredAt()).hasSize(SEGMENTS).containsAllEntriesOf(measuredBefore);
                assertThat(measuredSince(killed, streamId))
                        .as("what was stored is not measured again, also where the workflow was not told that it was")
                        .hasSize(SEGMENTS - measuredBefore.size())
                        .doesNotContainAnyElementsOf(measuredBefore.keySet());
                List<JsonNode> highlights = again.list("/api/v1/streams/" + streamId + "/highlights");
                assertThat(highlights).isNotEmpty();
                assertThat(highlights)
                        .extracting(highlight -> highlight.path("start_time").asDouble())
                        .doesNotHaveDuplicates();
                List<TimeRange> shown =
                        highlights.stream().map(KilledInTheMiddleIT::range).toList();
                assertThat(TimeRange.union(shown)).hasSameSizeAs(shown);
                assertThat(events("highlight.detected")).isEqualTo(highlights.size());
                assertThat(events("highlight.processed")).isEqualTo(highlights.size());
                assertThat(events("stream.completed")).isEqualTo(1);
                String highlight =
                        "/api/v1/highlights/" + highlights.getFirst().path("id").asString();
                again.patch(highlight, Json.of("{'start_time': 10, 'end_time': 130}"));
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isCutting);
                second.kill();
                second.exit();

                try (Program third = Program.start(folder, "serve")) {
                    ApiClient last = third.ready();
                    assertThat(last.get(highlight).at("/recut/status").asString())
                            .isEqualTo("pending");
                    await().atMost(PATIENCE)
                            .until(() -> last.get(highlight).path("recut").isNull());
                    assertThat(range(last.get(highlight))).isEqualTo(new TimeRange(10, 130));
                    assertThat(last.get(highlight).at("/file_info/end_time").asDouble())
                            .isCloseTo(130, within(0.05));
                    third.terminate();
                    third.exit();
                    assertThat(third.others()).isEmpty();
                }
            }
        }
        assertThat(folder.resolve(".tldr/scratch")).isEmptyDirectory();
    }

    @Test
    void aDownloadGoesOnWhereItWasEndedAndWhereItWasKilled() throws Exception {
        Path video = new Footage(folder).make("a-minute.mp4", "-stream_loop 1 -i SAMPLE -t 60 -c copy");
        try (HalfwayHost host = new HalfwayHost(Files.readAllBytes(video))) {
            Files.writeString(folder.resolve(".env"), "SOURCES_ALLOW_PRIVATE=true\n");
            String streamId;
            try (Program ended = Program.start(folder, "serve")) {
                streamId = ended.ready()
                        .post("/api/v1/streams", Json.of("{'source_url': '" + host.url() + "'}"))
                        .path("id")
                        .asString();
                awaitDownload(() -> downloaded(streamId) == host.half());
                ended.terminate();
                ended.exit(GRACE);
                assertThat(ended.others()).isEmpty();
            }
            try (Program killed = Program.start(folder, "serve")) {
                killed.ready();
                awaitDownload(() -> host.ranges().size() == 3);
                killed.kill();
                killed.exit();
                host.goOn();

                try (Program last = Program.start(folder, "serve")) {
                    ApiClient client = last.ready();
                    await().atMost(PATIENCE).until(() -> client.get("/api/v1/streams/" + streamId)
                            .path("status")
                            .asString()
                            .equals("completed"));
                    last.terminate();
                    last.exit();
                }
            }
            String rest = "bytes=" + host.half() + "-";
            assertThat(host.ranges()).containsExactly("", "", rest, rest);
            assertThat(storedSource(streamId)).hasBinaryContent(Files.readAllBytes(video));
        }
        assertThat(folder.resolve(".tldr/scratch")).isEmptyDirectory();
    }

    private boolean isCutting() throws IOException {
        try (Stream<Path> jobs = Files.list(folder.resolve(".tldr/scratch"))) {
            return jobs.findAny().isPresent();
        }
    }

    private static void awaitDownload(Callable<Boolean> reached) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(reached);
    }

    private Path storedSource(String streamId) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(".tldr/objects"))) {
            return files.filter(file -> file.endsWith(Path.of(streamId, "source")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long downloaded(String streamId) throws IOException {
        Path part = folder.resolve(".tldr/scratch/download-" + streamId);
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** When each segment was measured, from the rows. */
    private Map<Integer, String> measuredAt() throws IOException, SQLException {
        Map<Integer, String> times = new TreeMap<>();
        for (List<String> row : Rows.of(folder, "SELECT segment, measured_at FROM signals")) {
            times.put(Integer.valueOf(row.get(0)), row.get(1));
        }
        return times;
    }

    /** Segments that were measured and not found stored, as the workflow was told since. */
    private List<Integer> measuredSince(Instant killed, String streamId) throws IOException {
        String address = Objects.requireNonNull(RunningInstance.read(new Home(folder.resolve(".tldr")))
                .orElseThrow()
                .temporal());
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        try {
            return WorkflowClient.newInstance(stubs).fetchHistory("stream/" + streamId).getEvents().stream()
                    .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
                    .filter(event -> Timestamps.toMillis(event.getEventTime()) > killed.toEpochMilli())
                    .flatMap(event ->
                            event.getActivityTaskCompletedEventAttributes().getResult().getPayloadsList().stream())
                    .map(payload ->
                            JsonMapper.shared().readTree(payload.getData().toStringUtf8()))
                    .filter(result -> result.path("measuredNow").asBoolean(false))
                    .map(result -> result.path("index").asInt())
                    .toList();
        } finally {
            stubs.shutdownNow();
        }
    }

    private static TimeRange range(JsonNode highlight) {
        return new TimeRange(
                highlight.path("start_time").asDouble(),
                highlight.path("end_time").asDouble());
    }

    private int events(String type) throws IOException, SQLException {
        return Rows.of(folder, "SELECT id FROM events WHERE type = '" + type + "'")
                .size();
    }
}
