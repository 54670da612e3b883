package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.embedded.EmbeddedStack;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.Settings;

/** Somebody ends the program while FFmpeg works for it: a service manager with SIGTERM, a person with Ctrl-C. */
class EndedInTheMiddleIT {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SEGMENTS = 3;
    private static final int TERMINATED = 143;
    private static final int INTERRUPTED = 130;

    @TempDir
    private Path folder = Path.of("");

    private Path film = Path.of("");

    @BeforeEach
    void makeFilm() throws IOException {
        folder = folder.toRealPath();
        film = new Footage(folder).make("film.mp4", "-stream_loop 1 -i SAMPLE -t 180 -c copy");
    }

    @Test
    void aServiceLeavesInTimeAndItsStreamGoesOnAtTheNextStart() throws Exception {
        String streamId;
        Map<Integer, String> measuredBefore;
        try (Program first = Program.start(folder, "serve")) {
            ApiClient client = first.ready();
            streamId = client.post("/api/v1/streams", body()).path("id").asString();
            holdMeasuring(first);
            whoeverOnlyJoinedItDoesNotEndIt(client, streamId);
            measuredBefore = measuredAt();
            assertThat(measuredBefore).hasSizeLessThan(SEGMENTS);
            terminate(first, client);
        }
        try (Program second = Program.start(folder, "serve")) {
            ApiClient client = second.ready();
            awaitWork(second, "cutting", SEGMENTS);
            assertThat(measuredAt()).hasSize(SEGMENTS).containsAllEntriesOf(measuredBefore);
            measuredBefore = measuredAt();
            terminate(second, client);
        }
        try (Program third = Program.start(folder, "serve")) {
            ApiClient client = third.ready();
            await().atMost(PATIENCE).until(() -> status(client, streamId).equals("completed"));
            assertThat(measuredAt()).isEqualTo(measuredBefore);
            noHighlightAppearsTwice(client, streamId);
            terminate(third, client);
        }
    }

    @Test
    void aPersonEndsTheAnalysisAndFindsNothing() throws Exception {
        interruptAnalysis("measuring", 1);
        interruptAnalysis("cutting", SEGMENTS);

        assertThat(statusesAfterwards()).containsExactly("stopped", "stopped");
    }

    private void interruptAnalysis(String stage, int leastMeasured) throws Exception {
        try (Program analyze =
                Program.start(folder, "analyze", "film.mp4", "--thorough", "--threshold=0.3", "--out=found")) {
            awaitWork(analyze, stage, leastMeasured);
            analyze.interrupt();

            assertThat(analyze.exit(GRACE)).isEqualTo(INTERRUPTED);
            assertThat(analyze.err()).contains("Stopping …").doesNotContain("could not be stopped");
            nothingIsLeftOf(analyze);
            assertThat(folder.resolve("found")).doesNotExist();
        }
    }

    /** The database alone: a whole program would go on with what it finds. */
    private List<String> statusesAfterwards() throws IOException, SQLException {
        Settings temporalIsElsewhere = new Settings(Map.of(Setting.TEMPORAL_ADDRESS, "127.0.0.1:1"));
        try (EmbeddedStack _ = EmbeddedStack.start(new Home(folder.resolve(".tldr")), temporalIsElsewhere)) {
            return Rows.of(folder, "SELECT status FROM streams").stream()
                    .map(List::getFirst)
                    .toList();
        }
    }

    private void whoeverOnlyJoinedItDoesNotEndIt(ApiClient client, String streamId) throws Exception {
        try (Program joined =
                Program.startBeside(folder, "analyze", "film.mp4", "--thorough", "--threshold=0.3", "--out=found")) {
            await().atMost(PATIENCE).until(() -> joined.err().contains("going on with " + streamId));
            joined.interrupt();

            assertThat(joined.exit(GRACE)).isEqualTo(INTERRUPTED);
            assertThat(joined.err()).contains(streamId + " goes on").doesNotContain("Stopping");
        }
        assertThat(folder.resolve("found")).doesNotExist();
        assertThat(status(client, streamId)).isEqualTo("processing");
    }

    private void noHighlightAppearsTwice(ApiClient client, String streamId) throws IOException, SQLException {
        List<JsonNode> highlights = client.list("/api/v1/streams/" + streamId + "/highlights");
        assertThat(highlights)
                .isNotEmpty()
                .extracting(highlight -> highlight.path("start_time").asDouble())
                .doesNotHaveDuplicates();
        assertThat(events("highlight.detected")).isEqualTo(highlights.size());
        assertThat(events("highlight.processed")).isEqualTo(highlights.size());
        assertThat(events("stream.completed")).isEqualTo(1);
    }

    private JsonNode body() {
        return Json.of(
                "{'source_url': '" + film.toUri() + "', 'options': {'thorough': true, 'highlight_threshold': 0.3}}");
    }

    private void terminate(Program program, ApiClient client) throws Exception {
        program.terminate();
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(1))
                .until(() -> !client.isReady());
        assertThat(program.isAlive()).as("it says so before it is gone").isTrue();
        assertThat(program.exit(GRACE)).isEqualTo(TERMINATED);
        nothingIsLeftOf(program);
    }

    private void nothingIsLeftOf(Program program) {
        assertThat(program.others())
                .extracting(other -> other.info().commandLine().orElse(""))
                .as(program::err)
                .isEmpty();
        assertThat(folder.resolve(".tldr/scratch")).isEmptyDirectory();
    }

    /** Until a stream is in that stage with so many segments stored, and FFmpeg is at work for it. */
    private void awaitWork(Program program, String stage, int leastMeasured) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !program.isAlive()
                        || (isAtWork(program)
                                && stages().contains(stage)
                                && measuredAt().size() >= leastMeasured));
        assertThat(program.isAlive()).as(program.err()).isTrue();
    }

    /** Holds the FFmpeg of one segment where it is, and waits for another one: measuring goes no further than all but that one. */
    private void holdMeasuring(Program program) throws IOException, SQLException {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stages().contains("measuring")
                        && ffmpegs(program).anyMatch(process -> signal(process, "STOP")));
        await().atMost(PATIENCE).until(() -> !measuredAt().isEmpty());
        assertThat(measuredAt()).hasSizeLessThan(SEGMENTS);
    }

    /** Whether there was somebody to hear it. */
    private static boolean signal(ProcessHandle process, String name) {
        try {
            return new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isAtWork(Program program) {
        return ffmpegs(program).findAny().isPresent();
    }

    private static Stream<ProcessHandle> ffmpegs(Program program) {
        return program.others().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/ffmpeg"));
    }

    private List<String> stages() throws IOException, SQLException {
        return Rows.of(folder, "SELECT lower(progress->>'stage') FROM streams WHERE status = 'processing'").stream()
                .map(List::getFirst)
                .toList();
    }

    /** When each segment of the streams in process was measured. */
    private Map<Integer, String> measuredAt() throws IOException, SQLException {
        Map<Integer, String> times = new TreeMap<>();
        String sql = "SELECT segment, measured_at FROM signals JOIN streams ON streams.id = signals.stream_id"
                + " WHERE status IN ('processing', 'completed')";
        for (List<String> row : Rows.of(folder, sql)) {
            times.put(Integer.valueOf(row.get(0)), row.get(1));
        }
        return times;
    }

    private int events(String type) throws IOException, SQLException {
        return Rows.of(folder, "SELECT id FROM events WHERE type = '" + type + "'")
                .size();
    }

    private static String status(ApiClient client, String streamId) throws IOException {
        return client.get("/api/v1/streams/" + streamId).path("status").asString();
    }
}
