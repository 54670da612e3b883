package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.store.FreshUuid;
import tv.tldr.activities.store.RemovedObjects;
import tv.tldr.workflows.activity.CatalogActivities;
import tv.tldr.workflows.activity.CatalogActivities.StartStream;
import tv.tldr.workflows.activity.StreamRef;
import tv.tldr.workflows.event.EventId;
import tv.tldr.workflows.scoring.ProcessingModules;

class StreamChangesIT {
    private static final String STREAMS = "/api/v1/streams/";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void aPendingStreamIsChangedAndItsWorkflowGoesByThat() {
        StreamRef stream = Sample.pending(api, caller.organization());
        String path = STREAMS + stream.streamId();

        Answer changed = patch(path, Map.of(), """
                {"options": {"max_highlights": 7, "thorough": true, "dimension_set_id": "sports_default"},
                 "metadata": {"match": 1}}
                """);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/options/max_highlights").asInt()).isEqualTo(7);
        assertThat(changed.json().at("/options/min_duration").asDouble()).isEqualTo(15);
        assertThat(changed.json().at("/options/dimension_set_version").asInt()).isEqualTo(1);
        assertThat(changed.json().at("/metadata/match").asInt()).isEqualTo(1);
        assertThat(patch(path, Map.of(), "{\"options\": {\"min_duration\": 5}}")
                        .json()
                        .at("/options/max_highlights")
                        .asInt())
                .isEqualTo(7);
        CatalogActivities.Started started = Objects.requireNonNull(
                api.bean(CatalogActivities.class).startStream(new StartStream(stream, new EventId(FreshUuid.next()))));
        assertThat(started.options().maxHighlights()).isEqualTo(7);
        assertThat(started.options().minDuration()).isEqualTo(5);
        assertThat(patch(path, Map.of(), "{\"metadata\": {}}").text("/code")).isEqualTo("PROCESSING_ERROR");
    }

    @Test
    void nullPutsAnOptionBackToItsDefaultAndWhatIsLeftOutStays() {
        String path = STREAMS + Sample.pending(api, caller.organization()).streamId();
        JsonNode usual = caller.get(path).json();
        Answer first = patch(path, Map.of(), """
                {"options": {"max_highlights": 7, "highlight_threshold": 0.3, "min_duration": 9, "thorough": true,
                             "dimension_set_id": "sports_default", "custom_dimensions": {"wit": {"weight": 0.5}},
                             "fusion": {"strategy": "cascade", "weights": {"video": 0.9, "audio": 0.8}},
                             "processing_modules": {"video_analysis": false, "chat_analysis": false}},
                 "metadata": {"match": 1}, "pinned": true}
                """);

        Answer second = patch(path, Map.of(), """
                {"options": {"max_highlights": null, "highlight_threshold": null, "custom_dimensions": null,
                             "fusion": {"strategy": null, "weights": {"video": null}},
                             "processing_modules": {"video_analysis": null}},
                 "metadata": null, "pinned": null}
                """);

        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        JsonNode changed = second.json();
        JsonNode options = changed.path("options");
        assertThat(options.path("max_highlights")).isEqualTo(usual.at("/options/max_highlights"));
        assertThat(options.path("highlight_threshold").asDouble()).isEqualTo(0.8);
        assertThat(options.path("custom_dimensions")).isEmpty();
        assertThat(options.at("/fusion/strategy").asString()).isEqualTo("weighted");
        assertThat(options.at("/fusion/weights/video").asDouble()).isEqualTo(0.5);
        assertThat(options.at("/processing_modules/video_analysis").asBoolean()).isTrue();
        assertThat(changed.path("metadata")).isEmpty();
        assertThat(changed.path("pinned").asBoolean()).isFalse();
        assertThat(options.at("/fusion/weights/audio").asDouble())
                .as("left out")
                .isEqualTo(0.8);
        assertThat(options.at("/processing_modules/chat_analysis").asBoolean()).isFalse();
        assertThat(options.path("min_duration").asDouble()).isEqualTo(9);
        assertThat(options.path("dimension_set_id").asString()).isEqualTo("sports_default");

        ObjectNode whole = patch(path, Map.of(), "{\"options\": null}")
                .json()
                .path("options")
                .asObject();

        assertThat(whole.without("dimension_set_version"))
                .isEqualTo(usual.path("options").asObject().without("dimension_set_version"));
    }

    @Test
    void aDefaultThatDoesNotFitWhatStaysIsRefused() {
        String path = STREAMS + Sample.pending(api, caller.organization()).streamId();
        patch(path, Map.of(), "{\"options\": {\"min_duration\": 3, \"max_duration\": 5}}");

        assertThat(patch(path, Map.of(), "{\"options\": {\"min_duration\": null}}")
                        .wrongFields())
                .containsExactly("options.max_duration");
    }

    @Test
    void whatChangesNothingIsRefusedAtNoTime() {
        String path =
                STREAMS + Sample.completed(api, caller.organization()).stream().streamId();
        Answer before = caller.get(path);

        for (String nothing : List.of("{}", "{\"options\": {}}")) {
            Answer same = patch(path, Map.of("If-Match", tag(before)), nothing);
            assertThat(same.status()).as(nothing).isEqualTo(200);
            assertThat(tag(same)).isEqualTo(tag(before));
        }
        assertThat(patch(path, Map.of(), "{\"options\": {}, \"pinned\": true}")
                        .json()
                        .path("pinned")
                        .asBoolean())
                .isTrue();
        Answer unpinned = patch(path, Map.of(), "{\"pinned\": null}");
        assertThat(unpinned.status()).isEqualTo(200);
        assertThat(unpinned.json().path("pinned").asBoolean(true)).isFalse();
        assertThat(patch(path, Map.of("If-Match", "\"0\""), "{}").status()).isEqualTo(412);
        assertThat(patch(path, Map.of(), "{\"no_such\": null}").status()).isEqualTo(400);
        assertThat(patch(path, Map.of(), "{\"options\": []}").wrongFields()).containsExactly("options");
        assertThat(patch(path, Map.of(), "{\"metadata\": null}").status()).isEqualTo(409);
    }

    @Test
    void modulesAreSwitchedOneByOneAndThoseThatAreLeftOutStay() {
        StreamRef stream = Sample.pending(api, caller.organization());
        String path = STREAMS + stream.streamId();
        patch(path, Map.of(), "{\"options\": {\"fusion\": {\"strategy\": \"cascade\"}}}");

        patch(path, Map.of(), "{\"options\": {\"processing_modules\": {\"audio_analysis\": false}}}");
        Answer changed =
                patch(path, Map.of(), "{\"options\": {\"processing_modules\": {\"multimodal_fusion\": false}}}");

        assertThat(changed.json().at("/options/processing_modules"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"video_analysis": true, "audio_analysis": false, "chat_analysis": true, "multimodal_fusion": false}
                """));
        assertThat(changed.text("/options/fusion/strategy"))
                .as("for when it is on again")
                .isEqualTo("cascade");
        assertThat(patch(path, Map.of(), "{\"options\": {\"processing_modules\": {\"video_analysis\": false}}}")
                        .text("/errors/0/pointer"))
                .isEqualTo("/options/processing_modules");
        assertThat(patch(path, Map.of(), "{\"options\": {\"fusion\": {\"strategy\": \"weighted\"}}}")
                        .text("/errors/0/pointer"))
                .isEqualTo("/options/fusion");
        CatalogActivities.Started started = Objects.requireNonNull(
                api.bean(CatalogActivities.class).startStream(new StartStream(stream, new EventId(FreshUuid.next()))));
        assertThat(started.options().modules()).isEqualTo(new ProcessingModules(true, false, true, false));
    }

    @Test
    void aChangeOfAnotherVersionThanTheCurrentOneIsRefused() {
        String path = STREAMS + Sample.pending(api, caller.organization()).streamId();
        String tag = tag(caller.get(path));

        Answer first = patch(path, Map.of("If-Match", tag), "{\"metadata\": {\"n\": 1}}");
        Answer second = patch(path, Map.of("If-Match", tag), "{\"metadata\": {\"n\": 2}}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(tag(first)).isNotEqualTo(tag);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.text("/code")).isEqualTo("PRECONDITION_FAILED");
        assertThat(caller.get(path).json().at("/metadata/n").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\": \"completed\"}",
                "{\"source_url\": \"https://media.example.com/other.mp4\"}",
                "{\"organization_id\": \"org_1\"}",
                "{\"highlight_count\": 5}",
                "{\"options\": {\"min_duration\": -1}}",
                "{\"metadata\": []}"
            })
    void refusesAFieldThatCannotBeChangedByName(String body) {
        StreamRef stream = Sample.pending(api, caller.organization());

        Answer answer = patch(STREAMS + stream.streamId(), Map.of(), body);

        assertThat(answer.status()).isEqualTo(400);
        String field = answer.wrongFields().getFirst();
        assertThat(answer.wrongFields()).hasSize(1);
        assertThat(body).contains(field.substring(field.indexOf('.') + 1));
    }

    @Test
    void whoHasTheCurrentVersionGetsItOnlyOnce() {
        String ended =
                STREAMS + Sample.completed(api, caller.organization()).stream().streamId();
        String tag = tag(caller.get(ended));

        Answer again = caller.get(ended, Map.of("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(tag(again)).isEqualTo(tag);
        assertThat(caller.get(ended, Map.of("If-None-Match", "\"0\"")).status()).isEqualTo(200);

        String id = caller.submitted();
        await().until(() -> caller.get(STREAMS + id).text("/status").equals("processing"));
        assertThat(tag(caller.get(STREAMS + id))).startsWith("W/");
    }

    @Test
    void aDeletedStreamLeavesNothingButWhatHappened() {
        Sample sample = Sample.completed(api, caller.organization());
        String path = STREAMS + sample.stream().streamId();
        ObjectStore objects = api.bean(ObjectStore.class);
        ObjectKey folder = ObjectKeys.stream(sample.stream());
        assertThat(objects.list(folder)).isNotEmpty();

        assertThat(delete(path).status()).isEqualTo(204);

        assertThat(objects.list(folder)).isEmpty();
        assertThat(caller.get(path).status()).isEqualTo(404);
        assertThat(delete(path).status()).isEqualTo(404);
        assertThat(caller.get("/api/v1/highlights/" + sample.highlight(0)).status())
                .isEqualTo(404);
        List<String> events = caller.get("/api/v1/events?limit=100&types=highlight.deleted&stream_id="
                        + sample.stream().streamId())
                .json()
                .path("data")
                .valueStream()
                .map(event -> event.at("/data/highlight_id").asString())
                .toList();
        assertThat(events)
                .containsExactlyInAnyOrderElementsOf(
                        sample.highlights().stream().map(Object::toString).toList());
        assertThat(noted()).isZero();
    }

    @Test
    void objectsThatACrashLeftAreSweptAway() {
        Sample sample = Sample.completed(api, caller.organization());
        ObjectKey folder = ObjectKeys.stream(sample.stream());
        api.owner()
                .sql("INSERT INTO object_removals (organization_id, folder) VALUES (:organization, :folder)")
                .bind("organization", caller.organization().uuid())
                .bind("folder", folder.value())
                .then()
                .block();

        api.bean(RemovedObjects.class).sweep().block();

        assertThat(api.bean(ObjectStore.class).list(folder)).isEmpty();
        assertThat(noted()).isZero();
    }

    @Test
    void aStreamInProcessIsNotDeletedAndSaysWhatToDo() {
        String id = caller.submitted();
        await().until(() -> caller.get(STREAMS + id).text("/status").equals("processing"));

        Answer answer = delete(STREAMS + id);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(answer.text("/detail")).contains("/stop");
        caller.post(STREAMS + id + "/stop", "{\"force\": true}");
        await().until(() -> delete(STREAMS + id).status() == 204);
    }

    @Test
    void deletingNeedsAScopeOfItsOwn() {
        Sample sample = Sample.completed(api, caller.organization());
        Caller writer = api.caller(caller.organization(), null, "streams:read", "streams:write");

        assertThat(writer.send(HttpMethod.DELETE, STREAMS + sample.stream().streamId(), Map.of(), "")
                        .status())
                .isEqualTo(403);
    }

    private Answer delete(String path) {
        return caller.send(HttpMethod.DELETE, path, Map.of(), "");
    }

    private Answer patch(String path, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return caller.send(HttpMethod.PATCH, path, all, body);
    }

    private static String tag(Answer answer) {
        return Objects.requireNonNull(answer.headers().getETag());
    }

    private long noted() {
        return api.count(
                caller.organization(),
                "SELECT count(*) AS n FROM object_removals WHERE organization_id = :organization");
    }
}
