package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
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

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller(api.organization(Plan.STARTER), null, "admin");

    @Test
    void tellsWhatWasUsedAgainstThePlan() {
        Sample.completed(api, caller.organization());
        IntStream.range(0, 4).forEach(i -> caller.get("/api/v1/streams"));
        api.bean(ApiCalls.class).flush().block();

        JsonNode usage = caller.get(USAGE).json();

        JsonNode current = usage.path("current");
        assertThat(current.path("plan").asString()).isEqualTo("starter");
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
