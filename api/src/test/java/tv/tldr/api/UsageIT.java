package tv.tldr.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.api.usage.ApiCalls;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;

class UsageIT {
    private static final String USAGE = "/api/v1/usage";
    private static final String STREAMS = "/api/v1/streams";
    private static final String BATCHES = "/api/v1/batches";
    /** The plan allows so many requests a minute only. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller(api.organization(Plan.STARTER), null, "admin");

    @Test
    void tellsWhatWasUsedAgainstThePlan() {
        Sample.completed(api, caller.organization());
        IntStream.range(0, 4).forEach(i -> caller.get("/api/v1/streams"));
        api.bean(ApiCalls.class).flush().block();

        JsonNode usage = caller.get(USAGE).json();

        JsonNode current = usage.path("current");
        assertThat(current.path("plan").asString())
                .as("as organizations say it")
                .isEqualTo("STARTER");
        assertThat(current.at("/stream_hours/used").asDouble()).isEqualTo(120 / 3600.0);
        assertThat(current.at("/stream_hours/limit").asInt()).isEqualTo(100);
        assertThat(current.at("/storage_bytes/used").asLong()).isEqualTo(5L * Sample.CLIP.length);
        assertThat(current.at("/concurrent_streams/limit").asInt()).isEqualTo(2);
        assertThat(current.path("api_calls").asInt()).isEqualTo(4);
        assertThat(current.path("requests_per_minute").asInt()).isEqualTo(100);
        JsonNode today = usage.path("data").get(usage.path("data").size() - 1);
        assertThat(today.path("streams").asInt()).isEqualTo(1);
        assertThat(today.path("storage_bytes_added").asLong()).isEqualTo(5L * Sample.CLIP.length);
    }

    @Test
    void aPlanWithoutLimitsHasNone() {
        JsonNode current = api.caller("usage:read").get(USAGE).json().path("current");

        assertThat(current.at("/stream_hours/limit").isNull()).isTrue();
        assertThat(current.path("requests_per_minute").isNull()).isTrue();
    }

    @Test
    void takesAnIntervalAndRefusesOneThatIsNone() {
        Answer months = caller.get(USAGE + "?granularity=month&from=2026-01-15T00:00:00Z&to=2026-04-01T00:00:00Z");

        assertThat(months.json().path("data")).hasSize(3);
        assertThat(caller.get(USAGE + "?from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z")
                        .wrongFields())
                .containsExactly("from");
        assertThat(caller.get(USAGE + "?from=2000-01-02T00:00:00Z").wrongFields())
                .containsExactly("from");
        assertThat(caller.get(USAGE + "?granularity=hour&form=x").wrongFields())
                .containsExactlyInAnyOrder("granularity", "form");
        assertThat(api.caller("streams:read").get(USAGE).status()).isEqualTo(403);
    }

    @Test
    void whoHasUsedUpItsHoursSubmitsNothingMore() {
        use(caller.organization(), 100 * 3600 - 1);
        assertThat(submit().status()).isEqualTo(202);
        use(caller.organization(), 1);

        Answer refused = submit();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/code")).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refused.text("/quota/name")).isEqualTo("stream_hours");
        assertThat(refused.json().at("/quota/used").asDouble()).isEqualTo(100);
        assertThat(refused.text("/quota/reset")).endsWith("-01T00:00:00Z");
        assertThat(refused.text("/detail")).contains("100 of the 100 stream hours");
        Answer batch = caller.post(
                "/api/v1/batches", "{\"streams\": [{\"source_url\": \"https://media.example.com/quota.mp4\"}]}");
        assertThat(batch.text("/code")).isEqualTo("QUOTA_EXCEEDED");
        assertThat(caller.get("/api/v1/streams").json().path("data")).hasSize(1);
    }

    @Test
    void whatWaitsWhenTheHoursAreUsedUpFailsWithTheReasonAndItsBatchGoesOn() {
        String batch = caller.post(BATCHES, batch(3)).text("/id");
        await().pollInterval(HALF_A_SECOND)
                .until(() -> caller.entries(batch, "processing").size() == 2);
        String waiting = caller.entries(batch, "pending").getFirst();
        List<String> running = caller.entries(batch, "processing");
        use(caller.organization(), 100 * 3600);

        caller.stop(running.getFirst());

        await().pollInterval(HALF_A_SECOND)
                .until(() -> caller.entries(batch, "failed").equals(List.of(waiting)));
        JsonNode failed = caller.get(STREAMS + "/" + waiting).json();
        assertThat(failed.path("errors")).hasSize(1);
        assertThat(failed.at("/errors/0/code").asString()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(failed.at("/errors/0/message").asString())
                .contains("100 of the 100 stream hours", "begin again at", "/retry");
        assertThat(failed.path("started_at").isNull()).isTrue();
        assertThat(events(waiting)).containsExactly("stream.failed");
        caller.stop(running.get(1));
        await().pollInterval(HALF_A_SECOND)
                .until(() -> caller.get(BATCHES + "/" + batch).text("/status").equals("completed"));
        assertThat(caller.post(STREAMS + "/" + waiting + "/retry", "{}").text("/code"))
                .isEqualTo("QUOTA_EXCEEDED");

        // As the next month does.
        api.owner()
                .sql("DELETE FROM usage_records WHERE organization_id = :organization")
                .bind("organization", caller.organization().uuid())
                .then()
                .block();

        assertThat(caller.post(STREAMS + "/" + waiting + "/retry", "{}").status())
                .isEqualTo(202);
        await().pollInterval(HALF_A_SECOND)
                .until(() -> caller.entries(batch, "processing").equals(List.of(waiting)));
    }

    @Test
    void aRetryThatTakesInTheSourceAnewIsASubmission() {
        StreamRef failed = Sample.pending(api, caller.organization());
        api.owner()
                .sql("UPDATE streams SET status = 'failed', completed_at = now() WHERE id = :id")
                .bind("id", failed.streamId().uuid())
                .then()
                .block();
        use(caller.organization(), 100 * 3600);

        Answer refused = caller.post("/api/v1/streams/" + failed.streamId() + "/retry", "{}");

        assertThat(refused.text("/code")).isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void storageThatAnUploadAnnouncesIsToldOf() {
        Answer begun = caller.send(
                HttpMethod.POST,
                "/api/v1/uploads",
                Map.of("Tus-Resumable", "1.0.0", "Upload-Length", "45000000000"),
                "");
        assertThat(begun.status()).as("%s", begun).isEqualTo(201);

        assertThat(caller.get("/api/v1/events").json().path("data").valueStream())
                .extracting(event -> event.path("type").asString())
                .containsExactly("organization.usage.warning");
    }

    private static String batch(int streams) {
        return Stream.generate(UUID::randomUUID)
                .limit(streams)
                .map("{\"source_url\": \"https://media.example.com/%s.mp4\"}"::formatted)
                .collect(joining(", ", "{\"parallel_limit\": " + streams + ", \"streams\": [", "]}"));
    }

    private List<String> events(String stream) {
        return caller.get("/api/v1/events?limit=100")
                .json()
                .path("data")
                .valueStream()
                .filter(event -> event.at("/data/stream_id").asString().equals(stream))
                .map(event -> event.path("type").asString())
                .toList();
    }

    private Answer submit() {
        return caller.submit("https://media.example.com/" + UUID.randomUUID() + ".mp4");
    }

    private void use(OrganizationId organization, double seconds) {
        api.owner()
                .sql("""
                        INSERT INTO usage_records (organization_id, id, metric, quantity, stream_id)
                        VALUES (:organization, :id, 'stream_seconds', :seconds, :stream)
                        """)
                .bindValues(Map.of(
                        "organization",
                        organization.uuid(),
                        "id",
                        FreshUuid.next(),
                        "seconds",
                        seconds,
                        "stream",
                        FreshUuid.next()))
                .then()
                .block();
    }
}
