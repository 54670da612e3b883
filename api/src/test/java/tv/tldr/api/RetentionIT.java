package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.ExpiredStreams;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.api.streams.RetentionSweep;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.account.Plan;
import tv.tldr.workflows.activity.StreamRef;

/** The sweep of the shared program may run at any time, too: nothing here relies on its not having run. */
class RetentionIT {
    private static final String STREAMS = "/api/v1/streams/";
    private static final String HIGHLIGHTS = "/api/v1/highlights/";
    private static final String RETENTION = "/api/v1/usage/retention";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller(api.organization(Plan.STARTER), null, "admin");

    @Test
    void whatIsKeptLongEnoughGoesWithItsObjectsAndIsTold() throws IOException {
        Sample sample = recorded(caller.organization());
        StreamRef stream = sample.stream();
        Instant completed = completed(stream);
        assertThat(Instant.parse(get(stream).text("/expires_at"))).isEqualTo(completed.plus(WEEK));
        assertThat(Instant.parse(caller.get(HIGHLIGHTS + sample.highlight(0)).text("/expires_at")))
                .isEqualTo(completed.plus(WEEK));

        ended(stream, WEEK.minus(MINUTE));
        sweep();
        assertThat(get(stream).status()).isEqualTo(200);
        assertThat(objects().list(ObjectKeys.stream(stream))).hasSize(7);

        ended(stream, WEEK.plusSeconds(1));
        sweep();
        assertThat(get(stream).status()).isEqualTo(404);
        assertThat(caller.get(HIGHLIGHTS + sample.highlight(0)).status()).isEqualTo(404);
        assertThat(objects().list(ObjectKeys.stream(stream))).isEmpty();
        assertThat(caller.get("/api/v1/events?types=highlight.deleted&stream_id=" + stream.streamId())
                        .json()
                        .path("data"))
                .hasSize(3);
        JsonNode usage = caller.get("/api/v1/usage").json();
        assertThat(usage.at("/current/storage_bytes/used").asLong()).isZero();
        assertThat(usage.path("data")
                        .valueStream()
                        .mapToLong(day -> day.path("storage_bytes_added").asLong())
                        .sum())
                .isZero();
        assertThat(usage.at("/current/stream_hours/used").asDouble()).isEqualTo(120 / 3600.0);
    }

    @Test
    void whatIsPinnedUnderWayOrOfAPlanWithoutEndStays() {
        StreamRef pinned = Sample.completed(api, caller.organization()).stream();
        StreamRef waiting = Sample.pending(api, caller.organization());
        Caller enterprise = api.caller("admin");
        StreamRef forGood = Sample.completed(api, enterprise.organization()).stream();
        Caller professional = api.caller(api.organization(Plan.PROFESSIONAL), null, "admin");
        StreamRef month = Sample.completed(api, professional.organization()).stream();

        Answer kept = patch(STREAMS + pinned.streamId(), Map.of(), "{\"pinned\": true}");
        assertThat(kept.status()).isEqualTo(200);
        assertThat(kept.json().path("pinned").asBoolean()).isTrue();
        assertThat(kept.json().path("expires_at").isNull()).isTrue();
        api.owner()
                .sql("UPDATE streams SET status = 'processing' WHERE id = :id")
                .bind("id", waiting.streamId().uuid())
                .then()
                .block();
        // Weak, since the progress moves on without a new version.
        String tag = String.valueOf(get(waiting).headers().getETag());
        assertThat(tag).startsWith("W/");
        assertThat(patch(STREAMS + waiting.streamId(), Map.of("If-Match", tag), "{\"pinned\": true}")
                        .status())
                .isEqualTo(200);
        assertThat(patch(STREAMS + waiting.streamId(), Map.of("If-Match", tag), "{\"pinned\": false}")
                        .status())
                .isEqualTo(412);
        patch(STREAMS + waiting.streamId(), Map.of(), "{\"pinned\": false}");
        ended(pinned, WEEK.multipliedBy(100));
        ended(forGood, WEEK.multipliedBy(100));
        ended(month, Duration.ofDays(30).minus(MINUTE));
        api.owner()
                .sql("UPDATE streams SET created_at = now() - interval '1 year' WHERE id = :id")
                .bind("id", waiting.streamId().uuid())
                .then()
                .block();
        sweep();

        assertThat(get(pinned).status()).isEqualTo(200);
        assertThat(get(waiting).json().path("expires_at").isNull()).isTrue();
        assertThat(enterprise
                        .get(STREAMS + forGood.streamId())
                        .json()
                        .path("expires_at")
                        .isNull())
                .isTrue();
        assertThat(professional.get(STREAMS + month.streamId()).status()).isEqualTo(200);
        assertThat(objects().list(ObjectKeys.stream(pinned))).hasSize(6);
        assertThat(caller.get("/api/v1/streams?pinned=true").json().path("data"))
                .hasSize(1);
        assertThat(caller.get("/api/v1/streams?pinned=false").json().path("data"))
                .hasSize(1);
        assertThat(patch(STREAMS + pinned.streamId(), Map.of("If-Match", "\"1\""), "{\"pinned\": false}")
                        .status())
                .isEqualTo(412);
        assertThat(patch(STREAMS + pinned.streamId(), Map.of(), "{\"pinned\": false, \"metadata\": {}}")
                        .text("/code"))
                .isEqualTo("PROCESSING_ERROR");

        patch(STREAMS + pinned.streamId(), Map.of(), "{\"pinned\": false}");
        sweep();
        assertThat(get(pinned).status()).isEqualTo(404);
    }

    @Test
    void aPinnedHighlightKeepsItselfItsFilesAndTheRowOfItsStreamAlone() throws IOException {
        Sample sample = recorded(caller.organization());
        StreamRef stream = sample.stream();
        String best = HIGHLIGHTS + sample.highlight(1);
        Answer pinned = patch(HIGHLIGHTS + "bulk", Map.of(), """
                {"ids": ["%s"], "changes": {"pinned": true}}
                """.formatted(sample.highlight(1)));
        assertThat(pinned.json().at("/data/0/pinned").asBoolean()).isTrue();
        ended(stream, WEEK.plus(MINUTE));
        sweep();

        Answer left = get(stream);
        assertThat(left.json().path("highlight_count").asInt()).isEqualTo(1);
        assertThat(left.json().path("expires_at").isNull()).isTrue();
        assertThat(caller.get(best).json().path("expires_at").isNull()).isTrue();
        assertThat(caller.get(HIGHLIGHTS + sample.highlight(0)).status()).isEqualTo(404);
        assertThat(objects().list(ObjectKeys.stream(stream)))
                .containsExactlyInAnyOrderElementsOf(objects().list(ObjectKeys.highlight(stream, sample.highlight(1))))
                .hasSize(2);
        assertThat(caller.get(STREAMS + stream.streamId() + "/candidates")
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(caller.get("/api/v1/usage")
                        .json()
                        .at("/current/storage_bytes/used")
                        .asLong())
                .isEqualTo(2L * Sample.CLIP.length);
        sweep();
        assertThat(get(stream).headers().getETag()).isEqualTo(left.headers().getETag());
        assertThat(caller.get("/api/v1/highlights?pinned=true").json().path("data"))
                .hasSize(1);
        assertThat(caller.get(STREAMS + stream.streamId() + "/highlights?pinned=false")
                        .json()
                        .path("data"))
                .isEmpty();

        assertThat(patch(best, Map.of(), "{\"pinned\": false}").text("/expires_at"))
                .isNotEmpty();
        sweep();
        assertThat(get(stream).status()).isEqualTo(404);
        assertThat(objects().list(ObjectKeys.stream(stream))).isEmpty();
    }

    @Test
    void aProcessThatDiesBetweenRowsAndObjectsLeavesNoOrphan() {
        StreamRef stream = Sample.completed(api, caller.organization()).stream();
        ended(stream, WEEK.plus(MINUTE));

        api.bean(ExpiredStreams.class).remove(stream).block();
        assertThat(get(stream).status()).isEqualTo(404);
        api.bean(RemovedObjects.class).sweep().block();

        assertThat(objects().list(ObjectKeys.stream(stream))).isEmpty();
        assertThat(api.count(
                        caller.organization(),
                        "SELECT count(*) AS n FROM object_removals WHERE organization_id = :organization"))
                .isZero();
    }

    @Test
    void whoIsGivenALargerPlanAfterALookKeepsWhatWasFound() {
        StreamRef stream = Sample.completed(api, caller.organization()).stream();
        plan(Plan.ENTERPRISE);
        ended(stream, WEEK.plus(MINUTE));

        assertThat(api.bean(ExpiredStreams.class).remove(stream).block()).isEmpty();

        assertThat(get(stream).status()).isEqualTo(200);
    }

    @Test
    void showsWhatGoesAndWhen() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        StreamRef later = Sample.completed(api, caller.organization()).stream();
        Sample sooner = recorded(caller.organization());
        ended(sooner.stream(), Duration.ofDays(4));
        patch(HIGHLIGHTS + sooner.highlight(2), Map.of(), "{\"pinned\": true}");
        StreamRef pinned = Sample.completed(api, caller.organization()).stream();
        patch(STREAMS + pinned.streamId(), Map.of(), "{\"pinned\": true}");

        JsonNode forecast = caller.get(RETENTION).json();
        assertThat(forecast.path("retention_days").asInt()).isEqualTo(7);
        assertThat(forecast.path("data")).hasSize(7);
        JsonNode day = forecast.path("data")
                .valueStream()
                .filter(step -> step.path("streams").asInt() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(LocalDate.parse(day.path("date").asString())).isBetween(today.plusDays(3), today.plusDays(4));
        assertThat(day.path("highlights").asInt()).isEqualTo(2);
        assertThat(day.path("bytes").asLong()).isEqualTo(5L * Sample.CLIP.length);

        JsonNode first = caller.get(RETENTION + "/streams?limit=1").json();
        assertThat(first.at("/data/0/stream_id").asString())
                .isEqualTo(sooner.stream().streamId().toString());
        assertThat(first.at("/data/0/pinned_highlights").asInt()).isEqualTo(1);
        JsonNode second = caller.get(RETENTION + "/streams?limit=1&cursor="
                        + first.path("next_cursor").asString())
                .json();
        assertThat(second.at("/data/0/stream_id").asString())
                .isEqualTo(later.streamId().toString());
        assertThat(second.path("has_more").asBoolean()).isFalse();

        plan(Plan.ENTERPRISE);
        assertThat(caller.get(RETENTION).json().path("data")).isEmpty();
        assertThat(caller.get(RETENTION + "/streams").json().path("data")).isEmpty();
        assertThat(api.caller("streams:read").get(RETENTION).status()).isEqualTo(403);
    }

    /** With a source of as many bytes as a clip. */
    private Sample recorded(OrganizationId organization) throws IOException {
        Sample sample = Sample.completed(api, organization);
        Path file = Files.write(Files.createTempFile("recording", ".bin"), Sample.CLIP);
        String key =
                objects().put(ObjectKeys.source(sample.stream()), file).key().value();
        Files.delete(file);
        api.owner()
                .sql(
                        "UPDATE streams SET recording_key = :key, recording_size = :size, recording_sha256 = '' WHERE id = :id")
                .bindValues(Map.of(
                        "key",
                        key,
                        "size",
                        (long) Sample.CLIP.length,
                        "id",
                        sample.stream().streamId().uuid()))
                .then()
                .block();
        return sample;
    }

    private void ended(StreamRef stream, Duration ago) {
        api.owner()
                .sql("UPDATE streams SET completed_at = now() - make_interval(secs => :ago) WHERE id = :id")
                .bind("ago", (double) ago.toSeconds())
                .bind("id", stream.streamId().uuid())
                .then()
                .block();
    }

    private Instant completed(StreamRef stream) {
        return Instant.parse(get(stream).text("/completed_at"));
    }

    private void plan(Plan plan) {
        api.owner()
                .sql("UPDATE organizations SET plan = :plan WHERE id = :id")
                .bind("plan", plan.name().toLowerCase(Locale.ROOT))
                .bind("id", caller.organization().uuid())
                .then()
                .block();
    }

    private void sweep() {
        Objects.requireNonNull(api.bean(RetentionSweep.class).sweep().block());
    }

    private ObjectStore objects() {
        return api.bean(ObjectStore.class);
    }

    private Answer get(StreamRef stream) {
        return caller.get(STREAMS + stream.streamId());
    }

    private Answer patch(String path, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return caller.send(HttpMethod.PATCH, path, all, body);
    }
}
