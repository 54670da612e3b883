package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;

/** The postmaster is killed without a word, and comes back. */
class DatabaseAwayIT {
    private static final String STREAMS = "/api/v1/streams";

    /** Ten by {@code -Doutages=10}. */
    private static final int OUTAGES = Integer.getInteger("outages", 3);

    @TempDir
    private Path data;

    @Test
    void saysSoAndHealsWithoutLosingWhatWasAccepted() throws Exception {
        int nobodyHere = TestTemporal.freePort();
        EmbeddedPostgres postgres = start(0);
        int port = postgres.getPort();
        String url = "postgresql://postgres@localhost:" + port + "/postgres";
        try (RunningApi api = RunningApi.start(url, "127.0.0.1:" + nobodyHere, Map.of("WORKERS_ENABLED", "false"))) {
            Caller caller = api.caller("admin");
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                accepted.add(caller.submitted());
            }
            for (int outage = 0; outage < OUTAGES; outage++) {
                killPostmaster();
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> api.stranger().get("/health/ready").status() == 503);
                Answer read = caller.get(STREAMS);
                assertThat(read.status()).isEqualTo(503);
                assertThat(read.text("/code")).isEqualTo("SERVICE_UNAVAILABLE");
                assertThat(read.headers().getFirst("Retry-After")).isNotNull();
                assertThat(caller.submit("https://media.example.com/away.mp4").status())
                        .isEqualTo(503);
                assertThat(api.stranger().get("/health").status()).isEqualTo(200);
                assertThat(caller.get("/health/detailed").text("/checks/database/status"))
                        .as("also for who cannot be known now")
                        .isEqualTo("down");

                postgres = restarted(postgres);
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> caller.get(STREAMS).status() == 200
                                && api.stranger().get("/health/ready").status() == 200);
                accepted.add(caller.submitted());
            }
            assertThat(accepted)
                    .allSatisfy(id -> assertThat(caller.get(STREAMS + "/" + id).text("/status"))
                            .isEqualTo("pending"));
        } finally {
            postgres.close();
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        // As a server is by itself: an acknowledged commit is on the disk.
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private void killPostmaster() throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    private EmbeddedPostgres restarted(EmbeddedPostgres killed) throws IOException {
        int port = killed.getPort();
        // Finds nobody to stop, but lets go of the folder.
        killed.close();
        AtomicReference<EmbeddedPostgres> started = new AtomicReference<>();
        await().ignoreExceptions().until(() -> {
            // Refused as long as a backend of the killed one has not noticed yet.
            started.set(start(port));
            return true;
        });
        return started.get();
    }
}
