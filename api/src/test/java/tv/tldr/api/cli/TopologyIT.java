package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.TestTemporal;

/**
 * What docker-compose.yml describes, as plain processes: two that only answer, three that only work, one PostgreSQL, one Temporal, one S3
 * server. One of either is killed in the middle.
 */
class TopologyIT {
    private static final int STREAMS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyStreamIsCompletedOnceAlthoughAnApiAndAWorkerAreKilledInTheMiddle(TestReporter reporter) throws Exception {
        folder = folder.toRealPath();
        String database = TestPostgres.freshDatabaseUrl();
        List<Program> programs = new ArrayList<>();
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort())) {
            Map<String, String> common =
                    settings(database, temporal, TestS3.shared().newBucket());
            Program first = program("api-1", common, Map.of("WORKERS_ENABLED", "false", "BOOTSTRAP_ANNOUNCE", "true"));
            programs.add(first);
            ApiClient one = first.ready();
            String key = Files.readString(folder.resolve("api-1/.tldr/api-key")).strip();
            Program second = program("api-2", common, Map.of("WORKERS_ENABLED", "false", "DATABASE_MIGRATE", "false"));
            programs.add(second);
            Map<String, String> working = Map.of("API_ENABLED", "false", "DATABASE_MIGRATE", "false");
            Program victim = program("worker-1", common, working);
            programs.add(victim);
            programs.add(program("worker-2", common, working));
            programs.add(program("worker-3", common, with(working, "WORKER_QUEUES", "media")));
            for (Program program : programs) {
                program.ready();
            }
            ApiClient two = new ApiClient(second.address(), key);
            assertThatOnlyTheOneThatWasAskedHasMadeAKey(programs, TestPostgres.owner(database));
            long began = System.nanoTime();

            List<String> accepted = new ArrayList<>();
            for (int number = 0; number < STREAMS; number++) {
                Path film = new Footage(folder)
                        .make("film-" + number + ".mp4", "-ss " + 10 * number + " -i SAMPLE -t 20 -c copy");
                accepted.add((number % 2 == 0 ? one : two)
                        .post(
                                "/api/v1/streams",
                                Json.of("{'source_url': '" + film.toUri()
                                        + "', 'options': {'highlight_threshold': 0, 'max_highlights': 2}}"))
                        .path("id")
                        .asString());
            }
            await().atMost(PATIENCE).until(() -> isAnyProcessing(one, accepted));
            victim.kill();
            second.kill();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(accepted).allSatisfy(id -> assertThat(
                            one.get("/api/v1/streams/" + id).path("status").asString())
                    .isEqualTo("completed")));
            reporter.publishEntry(
                    "seconds for " + STREAMS + " streams",
                    String.valueOf(Duration.ofNanos(System.nanoTime() - began).toSeconds()));
            eachHasHappenedOnce(TestPostgres.owner(database));
            assertThatOneThatOnlyWorksAnswersNothingElse(programs.get(3), key);
        } finally {
            programs.forEach(Program::kill);
        }
    }

    private void assertThatOnlyTheOneThatWasAskedHasMadeAKey(List<Program> programs, DatabaseClient database) {
        await().untilAsserted(() -> assertThat(programs)
                .allSatisfy(program -> assertThat(program.out()).contains("Ctrl-C ends it.")));
        assertThat(programs.getFirst().out()).contains("API key  tldr_sk_");
        assertThat(programs.subList(1, programs.size()))
                .allSatisfy(program -> assertThat(program.out()).doesNotContain("tldr_sk_", "API key"));
        assertThat(folder.resolve("api-2/.tldr/api-key")).doesNotExist();
        assertThat(folder.resolve("worker-1/.tldr/api-key")).doesNotExist();
        assertThat(count(database, "SELECT count(*) AS n FROM api_keys")).isEqualTo(1);
    }

    private static void eachHasHappenedOnce(DatabaseClient database) {
        assertThat(count(database, "SELECT count(*) AS n FROM events WHERE type = 'stream.completed'"))
                .isEqualTo(STREAMS);
        assertThat(count(database, "SELECT count(*) AS n FROM events WHERE type = 'stream.started'"))
                .isEqualTo(STREAMS);
        assertThat(count(database, "SELECT count(*) AS n FROM events WHERE type = 'highlight.processed'"))
                .isEqualTo(count(database, "SELECT count(*) AS n FROM highlights WHERE files IS NOT NULL"))
                .isEqualTo(count(database, "SELECT count(*) AS n FROM highlights"))
                .isPositive();
    }

    private static void assertThatOneThatOnlyWorksAnswersNothingElse(Program worker, String key) throws Exception {
        ApiClient client = new ApiClient(worker.address(), key);
        assertThat(client.isReady()).isTrue();
        assertThat(worker.metrics().names()).contains("tldr_ffmpeg_seconds");
        assertThatThrownBy(() -> client.get("/api/v1/streams")).hasMessageContaining("only works");
    }

    private static boolean isAnyProcessing(ApiClient client, List<String> streams) throws IOException {
        for (String id : streams) {
            if (client.get("/api/v1/streams/" + id).path("status").asString().equals("processing")) {
                return true;
            }
        }
        return false;
    }

    private static long count(DatabaseClient database, String statement) {
        return Objects.requireNonNull(database.sql(statement)
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one()
                .block());
    }

    private Program program(String name, Map<String, String> common, Map<String, String> own) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        StringBuilder settings = new StringBuilder();
        Map<String, String> all = new TreeMap<>(common);
        all.putAll(own);
        all.forEach((setting, value) ->
                settings.append(setting).append('=').append(value).append('\n'));
        Files.writeString(home.resolve(".env"), settings);
        return Program.start(home, "serve");
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static Map<String, String> settings(String database, TestTemporal temporal, S3Properties bucket) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("DATABASE_URL", database);
        settings.put("TEMPORAL_ADDRESS", temporal.target());
        settings.put("SECRET_KEY", "k".repeat(40));
        settings.put("BIND_ADDRESS", "127.0.0.1");
        settings.put("SOURCES_LOCAL_FILES", "true");
        settings.put("WORKER_CONCURRENCY", "1");
        settings.put("SWEEP_INTERVAL", "5s");
        settings.put("AWS_S3_BUCKET", bucket.bucket());
        settings.put("AWS_REGION", bucket.region());
        settings.put("AWS_S3_ENDPOINT_URL", bucket.endpointUrl());
        settings.put("AWS_ACCESS_KEY_ID", bucket.accessKeyId());
        settings.put("AWS_SECRET_ACCESS_KEY", bucket.secretAccessKey());
        return settings;
    }
}
