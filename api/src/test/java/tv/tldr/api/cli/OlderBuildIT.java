package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.TestTemporal;

/**
 * A rolling deploy at its worst: an older build and this one, each API and worker, on one database and one Temporal. Streams are
 * submitted to both; each is killed without a word while they are under way, and comes back. The older one is a file that
 * {@code bench/older-build.sh COMMIT} makes: {@code -Dolder.jar=…}, with {@code -Dchaos.rounds=5} for more kills.
 */
@EnabledIfSystemProperty(named = "older.jar", matches = ".+")
class OlderBuildIT {
    private static final Path OF_THIS_RUN = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofMinutes(15);
    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 1);

    private final List<String> accepted = new ArrayList<>();
    private final String database = TestPostgres.freshDatabaseUrl();

    @TempDir
    private Path folder = Path.of("");

    private Path film = Path.of("");

    @Test
    void everyAcceptedStreamIsCompletedOnceWhicheverBuildIsKilled() throws Exception {
        folder = folder.toRealPath();
        film = new Footage(folder).make("film.mp4", "-ss 70 -i SAMPLE -t 20 -c copy");
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort());
                Build older = build("older", Path.of(System.getProperty("older.jar", "")), temporal);
                Build newer = build("newer", null, temporal)) {
            older.start();
            submit(older, 2);
            newer.start();
            long began = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                killedAndBack(older, newer);
                killedAndBack(newer, older);
            }
            for (Build build : List.of(older, newer)) {
                await().atMost(SETTLED).untilAsserted(() -> assertThat(accepted)
                        .allSatisfy(id -> assertThat(build.status(id)).isEqualTo("completed")));
            }
            Files.writeString(
                    OF_THIS_RUN.resolve("older-build.txt"),
                    "accepted streams: %d, kills: %d, seconds until all had ended: %d%n"
                            .formatted(
                                    accepted.size(),
                                    2 * ROUNDS,
                                    Duration.ofNanos(System.nanoTime() - began).toSeconds()));
        }
        everythingHasHappenedOnce();
    }

    private void killedAndBack(Build victim, Build other) throws Exception {
        submit(victim, 2);
        submit(other, 2);
        await().atMost(PATIENCE)
                .until(() -> accepted.stream().anyMatch(id -> other.status(id).equals("processing")));
        victim.kill();
        submit(other, 2);
        victim.start();
        submit(victim, 1);
    }

    private void submit(Build build, int streams) throws IOException {
        for (int i = 0; i < streams; i++) {
            Path copy = Files.createLink(folder.resolve("film-" + accepted.size() + ".mp4"), film);
            accepted.add(build.client()
                    .post(
                            "/api/v1/streams",
                            Json.of("{'source_url': '" + copy.toUri()
                                    + "', 'options': {'highlight_threshold': 0, 'max_highlights': 2}}"))
                    .path("id")
                    .asString());
        }
    }

    private void everythingHasHappenedOnce() {
        DatabaseClient rows = TestPostgres.owner(database);
        for (String type : List.of("stream.started", "stream.completed")) {
            assertThat(numbers(rows, "SELECT count(*) AS n FROM events WHERE type = '" + type + "'"))
                    .containsExactly((long) accepted.size());
        }
        assertThat(numbers(rows, "SELECT count(*) AS n FROM highlights WHERE files IS NOT NULL"))
                .isEqualTo(numbers(rows, "SELECT count(*) AS n FROM highlights"))
                .isEqualTo(numbers(rows, "SELECT count(*) AS n FROM events WHERE type = 'highlight.processed'"));
        List<Long> sequence = numbers(rows, "SELECT sequence AS n FROM events ORDER BY sequence");
        assertThat(sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequence.size()).boxed().toList());
    }

    private static List<Long> numbers(DatabaseClient rows, String statement) {
        return Objects.requireNonNull(rows.sql(statement)
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .all()
                .collectList()
                .block());
    }

    private Build build(String name, @Nullable Path jar, TestTemporal temporal) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("DATABASE_URL", database);
        settings.put("TEMPORAL_ADDRESS", temporal.target());
        settings.put("OBJECT_DIR", folder.resolve("objects").toString());
        settings.put("SECRET_KEY", "k".repeat(40));
        settings.put("BIND_ADDRESS", "127.0.0.1");
        settings.put("SOURCES_LOCAL_FILES", "true");
        settings.put("WORKER_CONCURRENCY", "1");
        settings.put("SWEEP_INTERVAL", "5s");
        settings.put("BOOTSTRAP_ANNOUNCE", "true");
        StringBuilder text = new StringBuilder();
        settings.forEach((setting, value) ->
                text.append(setting).append('=').append(value).append('\n'));
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve(".env"), text);
        return new Build(home, jar);
    }

    /** One of the two, as it runs now. */
    private final class Build implements AutoCloseable {
        private final Path home;
        private final @Nullable Path jar;
        private @Nullable Program program;
        private @Nullable ApiClient client;

        Build(Path home, @Nullable Path jar) {
            this.home = home;
            this.jar = jar;
        }

        void start() throws IOException {
            Program started = jar == null ? Program.start(home, "serve") : Program.startBuild(jar, home, "serve");
            program = started;
            started.ready();
            // The older one comes first, and makes the key of both.
            client = new ApiClient(
                    started.address(),
                    Files.readString(folder.resolve("older/.tldr/api-key")).strip());
        }

        ApiClient client() {
            return Objects.requireNonNull(client);
        }

        String status(String stream) {
            try {
                return client().get("/api/v1/streams/" + stream).path("status").asString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void kill() throws InterruptedException {
            Program running = Objects.requireNonNull(program);
            running.kill();
            running.exit();
        }

        /** Its log is kept: it tells what the one made of the other's work. */
        @Override
        public void close() throws IOException {
            if (program != null) {
                program.close();
                Files.copy(
                        home.resolve(".tldr/logs/tldr.log"),
                        OF_THIS_RUN.resolve(home.getFileName() + "-build.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
