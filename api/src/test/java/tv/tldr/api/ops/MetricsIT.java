package tv.tldr.api.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.Exposition;
import tv.tldr.api.Receiver;
import tv.tldr.api.RunningApi;
import tv.tldr.api.Sample;
import tv.tldr.api.TestTemporal;

/** What does Prometheus read when something has happened? */
class MetricsIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void whatHappensIsCounted() throws Exception {
        Exposition before = read();
        try (Receiver receiver = Receiver.answering(delivery -> 200)) {
            Answer made = caller.post(
                    "/api/v1/webhooks",
                    "{'url': '%s', 'events': ['stream.completed']}"
                            .formatted(receiver.url())
                            .replace('\'', '"'));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            Sample.completed(api, caller.organization());
            api.context().getBean(TotalGauges.class).look().block();

            await().atMost(SOON).untilAsserted(() -> assertCounted(before, read()));
        }
    }

    private static void assertCounted(Exposition before, Exposition after) {
        assertGrown(before, after, "tldr_events_total", "type=\"stream.completed\"");
        assertGrown(before, after, "tldr_events_total", "type=\"highlight.processed\"");
        assertGrown(before, after, "tldr_highlights_found_total", "degraded=\"false\"");
        assertGrown(before, after, "tldr_webhook_attempts_seconds_count", "outcome=\"delivered\"");
        assertGrown(before, after, "tldr_webhook_deliveries_total", "result=\"delivered\"");
        assertGrown(before, after, "http_server_requests_seconds_count", "uri=\"/api/v1/webhooks\"");
        assertGrown(before, after, "http_server_requests_seconds_bucket", "le=\"0.5\"");
        assertThat(after.sum("tldr_storage_bytes")).isPositive();
        assertThat(after.sum("tldr_streams", "status=\"processing\"")).isNotNegative();
        assertThat(after.sum("tldr_webhook_waiting_deliveries")).isNotNegative();
        for (String queue : new String[] {"streams", "media", "deliveries"}) {
            assertThat(after.sum("tldr_queue_pollers", "queue=\"" + queue + "\"", "type=\"activity\""))
                    .as(queue)
                    .isPositive();
        }
        assertThat(after.sum("tldr_queue_backlog_tasks")).isNotNegative();
        assertThat(after.sum("tldr_queue_oldest_seconds")).isNotNegative();
        assertThat(after.sum("tldr_check_status", "check=\"database\"")).isZero();
        assertThat(after.sum("tldr_check_latency_seconds", "check=\"temporal\""))
                .isPositive();
        assertThat(after.sum("r2dbc_pool_max_allocated_connections")).isPositive();
        assertThat(after.sum("disk_free_bytes")).isPositive();
        assertThat(after.sum("tldr_build")).isPositive();
    }

    @Test
    void whatNobodyWorksOnWaitsAndOfAServerThatIsAwayNothingIsSaid() {
        Assumptions.assumeTrue(TestTemporal.isRealToBeHad(), "the temporal command is not there");
        int port = TestTemporal.freePort();
        try (RunningApi idle = RunningApi.start(
                TestPostgres.freshDatabaseUrl(),
                "127.0.0.1:" + port,
                Map.of("WORKERS_ENABLED", "false", "METRICS_INTERVAL", "500ms"))) {
            try (TestTemporal _ = TestTemporal.start(port)) {
                idle.caller("admin").submitted();
                idle.context().getBean(TotalGauges.class).look().block();

                await().atMost(SOON).untilAsserted(() -> assertWaiting(read(idle)));
            }
            await().atMost(SOON).untilAsserted(() -> {
                Exposition away = read(idle);
                assertThat(away.sum("tldr_check_status", "check=\"temporal\"")).isEqualTo(2);
                assertThat(away.sum("tldr_check_status", "check=\"database\"")).isZero();
                assertThatThrownBy(() -> away.sum("tldr_queue_backlog_tasks")).isInstanceOf(AssertionError.class);
            });
        }
    }

    private static void assertWaiting(Exposition page) {
        String[] workflows = {"queue=\"streams\"", "type=\"workflow\""};
        assertThat(page.sum("tldr_queue_backlog_tasks", workflows)).isPositive();
        assertThat(page.sum("tldr_queue_oldest_seconds", workflows)).isPositive();
        assertThat(page.sum("tldr_queue_pollers")).isZero();
        assertThat(page.sum("tldr_streams", "status=\"pending\"")).isEqualTo(1);
        assertThat(page.sum("tldr_streams", "status=\"processing\"")).isZero();
    }

    @Test
    void thePageStaysSmallHoweverMuchTemporalTells() {
        caller.submitted();

        await().atMost(SOON).untilAsserted(() -> {
            Map<String, Long> buckets = read().text()
                    .lines()
                    .filter(line -> line.startsWith("temporal_") && line.contains("_bucket{"))
                    .map(line -> line.replaceFirst(",le=.*", ""))
                    .collect(Collectors.groupingBy(series -> series, Collectors.counting()));
            assertThat(buckets)
                    .isNotEmpty()
                    .allSatisfy((series, count) -> assertThat(count).as(series).isBetween(2L, 7L));
        });
    }

    /** Neither who nor which: a label has one of a few values, whatever strangers send. */
    @Test
    void noLabelTellsOfAnOrganizationAStreamOrASecret() {
        String stream = caller.submitted();
        caller.get("/api/v1/streams/" + stream + "?cursor=whatever");
        caller.get("/no/such/page/" + stream);
        caller.with("tldr_sk_0123456789abcdefghijklmnopqrstuv").get("/api/v1/streams");

        String text = read().text();

        assertThat(text)
                .doesNotContain(
                        caller.organization().toString(),
                        caller.organization().uuid().toString(),
                        stream,
                        caller.key(),
                        "tldr_sk_",
                        "whatever",
                        "no/such/page")
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(text.lines().filter(line -> line.startsWith("tldr_"))).hasSizeLessThan(200);
    }

    private Exposition read() {
        return read(api);
    }

    private static Exposition read(RunningApi from) {
        return new Exposition(from.stranger().get("/metrics").text());
    }

    private static void assertGrown(Exposition before, Exposition after, String name, String label) {
        assertThat(after.sum(name, label)).as("%s{%s}", name, label).isGreaterThan(before.counted(name, label));
    }
}
