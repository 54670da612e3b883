package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Caller;
import tv.tldr.api.FakeStreamWorkflow;
import tv.tldr.api.Follower;
import tv.tldr.api.RunningApi;
import tv.tldr.api.SlowActivity;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.stream.StreamId;

/** The order to leave comes in the middle of work. */
class ShutdownIT {
    private static final String STREAM = "https://media.example.com" + FakeStreamWorkflow.SLOW;

    @Test
    void saysAtOnceThatItLeavesAndHandsItsWorkToAnother() {
        String database = TestPostgres.freshDatabaseUrl();
        try (TestTemporal temporal = TestTemporal.start(TestTemporal.freePort());
                RunningApi staying =
                        RunningApi.start(database, temporal.target(), Map.of("WORKERS_ENABLED", "false"))) {
            RunningApi leaving = RunningApi.start(database, temporal.target(), Map.of());
            Caller caller = leaving.caller("admin");
            Caller stranger = leaving.stranger();
            String id = caller.submit(STREAM).text("/id");
            SlowActivity.Impl work = leaving.bean(SlowActivity.Impl.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> work.begun.get() == 1);

            CompletableFuture<List<Follower.Told>> follower =
                    CompletableFuture.supplyAsync(Follower.of(leaving, caller, stream(caller, id), 0)::untilTheEnd);
            Follower elsewhere = Follower.of(staying, caller, stream(caller, id), 0);

            long began = System.nanoTime();
            CompletableFuture<Void> gone = CompletableFuture.runAsync(leaving::close);
            await().atMost(Duration.ofSeconds(1)).until(() -> !isReady(stranger));
            gone.join();

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(follower.join())
                    .as("is sent away, and comes back elsewhere")
                    .hasSize(1);
            assertThat(elsewhere.take(1).getFirst().type()).isEqualTo("stream.started");
            assertThat(work.handedOver.get()).isPositive().isEqualTo(work.begun.get());
            await().until(() -> isReady(staying.stranger()));
            theWorkGoesOnElsewhere(database, temporal);
        }
    }

    private static StreamRef stream(Caller caller, String id) {
        return new StreamRef(caller.organization(), StreamId.parse(id));
    }

    private static void theWorkGoesOnElsewhere(String database, TestTemporal temporal) {
        try (RunningApi other = RunningApi.start(database, temporal.target(), Map.of("WORKER_SHUTDOWN_GRACE", "1s"))) {
            SlowActivity.Impl work = other.bean(SlowActivity.Impl.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> work.begun.get() == 1);
        }
    }

    /** A refused connection says the same as a 503. */
    private static boolean isReady(Caller stranger) {
        try {
            return stranger.get("/health/ready").status() == 200;
        } catch (WebClientRequestException refused) {
            return false;
        }
    }
}
