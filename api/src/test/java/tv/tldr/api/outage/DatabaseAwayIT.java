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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.stream.StreamId;

/** The postmaster is killed without a word while customers write and read, and comes back. */
class DatabaseAwayIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final Path OF_THIS_RUN = Path.of("target", "database-outages.txt");
    private static final Duration NOTICED = Duration.ofSeconds(5);
    private static final Duration HEALED = Duration.ofSeconds(10);
    /** Also on a machine that builds something else. */
    private static final Duration BUSY = Duration.ofMinutes(2);

    private static final Duration OFTEN = Duration.ofMillis(20);

    private static final int MANY = 20;

    /** Ten by {@code -Doutages=10}. */
    private static final int OUTAGES = Integer.getInteger("outages", 3);

    @TempDir
    private Path data;

    @Test
    void saysSoAndHealsWithoutLosingWhatWasAcknowledged() throws Exception {
        int nobodyHere = TestTemporal.freePort();
        EmbeddedPostgres postgres = start(0);
        String url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres";
        List<Long> noticed = new ArrayList<>();
        List<Long> healed = new ArrayList<>();
        try (RunningApi api = RunningApi.start(url, "127.0.0.1:" + nobodyHere, Map.of("WORKERS_ENABLED", "false"))) {
            Caller caller = api.caller("admin");
            caller.submitted();
            BusyClients clients = new BusyClients(caller);
            try (clients) {
                for (int outage = 0; outage < OUTAGES; outage++) {
                    await().atMost(BUSY).until(whenAllAreServed(clients, MANY));
                    killPostmaster();
                    long killed = System.nanoTime();
                    await().pollInterval(OFTEN).atMost(NOTICED).until(() -> readiness(api) == 503);
                    noticed.add(since(killed).toMillis());
                    isToldWhileItIsAway(api, caller);

                    postgres = restarted(postgres);
                    long back = System.nanoTime();
                    await().pollInterval(OFTEN).atMost(HEALED).until(whenAllAreServed(clients, 1));
                    await().pollInterval(OFTEN)
                            .atMost(HEALED.minus(since(back)))
                            .until(() -> readiness(api) == 200);
                    healed.add(since(back).toMillis());
                }
            }
            assertThat(clients.surprises()).isEmpty();
            assertThat(clients.refused()).isGreaterThan(OUTAGES);
            everythingThatWasAcknowledgedIsThere(api, clients);
            Files.writeString(OF_THIS_RUN, """
                    kills: %d
                    readiness down after, ms: %s
                    everybody served again after, ms: %s
                    acknowledged streams and changes, reads: %d, %d, %d
                    asked to come back: %d
                    """.formatted(
                            OUTAGES,
                            noticed,
                            healed,
                            clients.accepted().size(),
                            clients.changes(),
                            clients.reads(),
                            clients.refused()));
        } finally {
            postgres.close();
        }
    }

    private static Callable<Boolean> whenAllAreServed(BusyClients clients, int times) {
        List<Integer> before = clients.served();
        return () -> clients.allServedSince(before, times);
    }

    private static int readiness(RunningApi api) {
        return api.stranger().get("/health/ready").status();
    }

    private static void isToldWhileItIsAway(RunningApi api, Caller caller) {
        Answer read = caller.get(STREAMS);
        assertThat(read.status()).isEqualTo(503);
        assertThat(read.text("/code")).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(read.headers().getFirst("Retry-After")).isNotNull();
        assertThat(caller.submit("https://media.example.com/away.mp4").status()).isEqualTo(503);
        assertThat(api.stranger().get("/health").status()).isEqualTo(200);
        assertThat(caller.get("/health/detailed").text("/checks/database/status"))
                .as("also for who cannot be known now")
                .isEqualTo("down");
    }

    /** A change that came after, and whose answer was lost, may be there as well. */
    private static void everythingThatWasAcknowledgedIsThere(RunningApi api, BusyClients clients) {
        Map<String, Optional<Integer>> stored = Objects.requireNonNull(api.owner()
                .sql("SELECT id, (metadata ->> 'change')::int AS change FROM streams")
                .map(row -> Map.entry(
                        new StreamId(Objects.requireNonNull(row.get("id", UUID.class))).toString(),
                        Optional.ofNullable(row.get("change", Integer.class))))
                .all()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
                .block());
        assertThat(stored).containsKeys(clients.accepted().toArray(String[]::new));
        assertThat(clients.changed()).isNotEmpty().allSatisfy((stream, change) -> assertThat(stored.get(stream))
                .as(stream)
                .hasValueSatisfying(there -> assertThat(there).isGreaterThanOrEqualTo(change)));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
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
