package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.Exposition;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** Every process of PostgreSQL stands still: connections open, and nobody answers on them. */
class DatabaseHangsIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final String TOKEN = "a token that only those who watch the tests have";
    private static final double DOWN = 2;
    /** What requests wait for a connection, and what a busy machine takes beside it. */
    private static final Duration REFUSED = Duration.ofSeconds(4).plusSeconds(2);

    private static final Duration SCRAPED = Duration.ofSeconds(5);

    @TempDir
    private Path data;

    private EmbeddedPostgres postgres;
    private RunningApi api;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        api = RunningApi.start(
                "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres",
                "127.0.0.1:" + TestTemporal.freePort(),
                Map.of(
                        "WORKERS_ENABLED",
                        "false",
                        "METRICS_INTERVAL",
                        "1s",
                        "OPERATIONS_OPEN",
                        "false",
                        "OPERATIONS_TOKEN",
                        TOKEN));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        signal("CONT");
        api.close();
        postgres.close();
    }

    @Test
    void whoWatchesIsToldAndNobodyWaitsLongerThanForAConnection() throws Exception {
        Caller caller = api.caller("admin");
        assertThat(caller.get(STREAMS).status()).isEqualTo(200);
        assertThat(caller.get("/metrics").status()).isEqualTo(200);
        assertThat(watched("/metrics", TOKEN).status()).isEqualTo(200);
        assertThat(watched("/metrics", TOKEN + "?").status()).isEqualTo(401);
        assertThat(watched(STREAMS, TOKEN).status()).as("good for nothing else").isEqualTo(401);

        signal("STOP");

        // The first ones find connections that hang, the later ones none at all.
        for (int i = 0; i < 3; i++) {
            assertRefusedInTime(caller);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            long begun = System.nanoTime();
            Answer metrics = watched("/metrics", TOKEN);
            assertThat(since(begun)).isLessThan(SCRAPED);
            assertThat(new Exposition(metrics.text()).sum("tldr_check_status", "check=\"database\""))
                    .isEqualTo(DOWN);
        });
        assertThat(watched("/health/detailed", TOKEN).text("/checks/database/status"))
                .isEqualTo("down");

        signal("CONT");

        await().atMost(Duration.ofSeconds(30)).until(() -> caller.get(STREAMS).status() == 200);
    }

    private static void assertRefusedInTime(Caller caller) {
        long begun = System.nanoTime();
        Answer refused = caller.get(STREAMS);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(since(begun)).isLessThan(REFUSED);
    }

    private Answer watched(String path, String token) {
        return api.stranger().get(path, Map.of("Authorization", "Bearer " + token));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private void signal(String name) throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        // The postmaster first, so that none is started behind our back.
        for (ProcessHandle one :
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList()) {
            new ProcessBuilder(List.of("kill", "-" + name, String.valueOf(one.pid())))
                    .start()
                    .waitFor();
        }
    }
}
