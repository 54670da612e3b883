package tv.tldr.api.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.store.TestPostgres;
import tv.tldr.api.Answer;
import tv.tldr.api.Caller;
import tv.tldr.api.RunningApi;
import tv.tldr.api.Sample;
import tv.tldr.api.TestTemporal;
import tv.tldr.workflows.activity.StreamRef;

/** Temporal is away at first, then comes; two nodes share a database. */
class TemporalAwayIT {
    private static final String STREAMS = "/api/v1/streams";
    private static final String REGISTRATION =
            "{\"email\": \"eve@example.com\", \"password\": \"nine rainy days in May\","
                    + " \"name\": \"Eve\", \"organization_name\": \"Example\"}";
    private static final Map<String, String> IMPATIENT = Map.of(
            "SWEEP_INTERVAL",
            "500ms",
            "SWEEP_AGE",
            "1ms",
            "TEMPORAL_UPDATE_DEADLINE",
            "1s",
            "OPERATIONS_OPEN",
            "false");

    @Test
    void takesStreamsAndOrdersMeanwhileAndStartsEachOfThemOnceLater(@TempDir Path folder) {
        int port = TestTemporal.freePort();
        String database = TestPostgres.freshDatabaseUrl();
        Map<String, String> sharing = new HashMap<>(IMPATIENT);
        sharing.put("OBJECT_DIR", folder.resolve("objects").toString());
        try (RunningApi api = RunningApi.start(database, "127.0.0.1:" + port, sharing);
                RunningApi other = RunningApi.start(database, "127.0.0.1:" + port, sharing)) {
            Caller caller = api.caller("admin");
            // The first one is slow for another reason: much of the program is loaded with it.
            caller.submitted();
            List<String> accepted =
                    IntStream.range(0, 5).mapToObj(i -> submitQuickly(caller)).toList();
            StreamRef crashed = Sample.pending(api, caller.organization());
            String stopped = submitQuickly(caller);
            Sample recorded = Sample.completed(api, caller.organization(), TestMedia.video(folder, "recorded.mp4", 20));
            String highlight = "/api/v1/highlights/" + recorded.highlight(0);
            Answer order = caller.send(
                    HttpMethod.PATCH, highlight, Map.of("Content-Type", "application/json"), "{\"end_time\": 12.5}");

            assertThat(order.status()).isEqualTo(202);

            assertThat(caller.post(STREAMS + "/" + stopped + "/stop", "{}").text("/status"))
                    .isEqualTo("stopped");
            assertThat(caller.get("/health/ready").status()).isEqualTo(200);
            tellsThatTemporalIsAway(caller);
            operationsAreForWhoeverRunsTheInstallation(api);

            try (TestTemporal temporal = TestTemporal.start(port)) {
                assertThat(temporal.target()).endsWith(":" + port);
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    assertThat(accepted)
                            .allSatisfy(id -> assertThat(status(caller, id)).isEqualTo("processing"));
                    assertThat(status(caller, crashed.streamId().toString())).isEqualTo("processing");
                });
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                                caller.get(highlight).json().path("end_time").asDouble())
                        .isEqualTo(12.5));
                assertThat(starts(other, crashed.streamId().toString())).isEqualTo(1);
                assertThat(accepted)
                        .allSatisfy(id -> assertThat(starts(api, id)).isEqualTo(1));
                assertThat(status(caller, stopped)).isEqualTo("stopped");
            }
            aStopOfARunningStreamIsToBeTriedAgain(caller, accepted.getFirst());
        }
    }

    private static String submitQuickly(Caller caller) {
        long began = System.nanoTime();
        String id = caller.submitted();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        return id;
    }

    private static void tellsThatTemporalIsAway(Caller caller) {
        JsonNode report = caller.get("/health/detailed").json();
        assertThat(report.path("status").asString()).isEqualTo("degraded");
        assertThat(report.at("/checks/temporal/status").asString()).isEqualTo("down");
        assertThat(report.at("/checks/temporal/detail").asString()).startsWith("Temporal does not answer");
        assertThat(report.at("/checks/temporal/checked_at").asString()).isNotBlank();
        assertThat(report.at("/checks/temporal/hint").asString()).contains("TEMPORAL_ADDRESS");
    }

    /** And not for whoever registers. */
    private static void operationsAreForWhoeverRunsTheInstallation(RunningApi api) {
        Caller stranger = api.stranger();
        Caller person = stranger.with(
                stranger.post("/api/v1/auth/register", REGISTRATION).text("/access_token"));
        Caller key = person.with(person.post("/api/v1/auth/api-keys", "{\"name\": \"k\", \"scopes\": [\"admin\"]}")
                .text("/secret"));
        Caller reader = api.caller("usage:read");
        for (String page : List.of("/health/detailed", "/metrics")) {
            assertThat(stranger.get(page).status()).as(page).isEqualTo(401);
            for (Caller somebody : List.of(person, key, reader)) {
                Answer refused = somebody.get(page);
                assertThat(refused.status()).as(page).isEqualTo(403);
                assertThat(refused.text("/code")).isEqualTo("INSUFFICIENT_PERMISSIONS");
            }
            assertThat(api.caller("admin").get(page).status()).as(page).isEqualTo(200);
        }
        assertThat(stranger.get("/health").status()).isEqualTo(200);
    }

    private static void aStopOfARunningStreamIsToBeTriedAgain(Caller caller, String id) {
        Answer answer = caller.post(STREAMS + "/" + id + "/stop", "{}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/code")).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.headers().getFirst("Retry-After")).isNotNull();
        assertThat(status(caller, id)).isEqualTo("processing");
    }

    /** Of all runs that the id ever had. */
    private static long starts(RunningApi api, String id) {
        assumeThat(TestTemporal.isRealToBeHad()).isTrue();
        WorkflowClient client = api.bean(WorkflowClient.class);
        return client.listExecutions("WorkflowId = 'stream/" + id + "'")
                .flatMap(run ->
                        client.fetchHistory("stream/" + id, run.getExecution().getRunId()).getEvents().stream())
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
                .count();
    }

    private static String status(Caller caller, String id) {
        return caller.get(STREAMS + "/" + id).text("/status");
    }
}
