package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.store.EventStore;
import tv.tldr.activities.store.StoredEvent;
import tv.tldr.workflows.account.Plan;

/** Batches over HTTP, with their real workflow; only the streams' own is a fake. */
class BatchesIT {
    private static final String BATCHES = "/api/v1/batches";
    private static final String STREAMS = "/api/v1/streams";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    @Test
    void goesThroughItsStreamsAFewAtATimeAndTellsItsEndOnce() {
        Answer answer = submit(2, 5);

        assertThat(answer.status()).isEqualTo(202);
        String id = answer.text("/id");
        assertThat(answer.headers().getFirst("Location")).isEqualTo(BATCHES + "/" + id);
        assertThat(answer.json().path("entries")).hasSize(5);
        for (int ended = 0; ended < 5; ended++) {
            int gone = ended;
            int underWay = Math.min(2, 5 - ended);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(counts(id)).containsExactly(5 - gone - underWay, underWay, gone));
            caller.stop(caller.entries(id, "processing").getFirst());
        }

        await().atMost(SOON).until(() -> batch(id).path("status").asString().equals("completed"));
        assertThat(batch(id).at("/counts/stopped").asInt()).isEqualTo(5);
        await().until(() -> ends(id) == 1);
    }

    @Test
    void itsWorkflowStandsInItsOrganizationsQueue() {
        assumeTrue(TestTemporal.isRealToBeHad());
        String id = submit(1, 1).text("/id");
        await().atMost(SOON).untilAsserted(() -> assertThat(api.bean(WorkflowClient.class)
                        .newUntypedWorkflowStub("batch/" + id)
                        .describe()
                        .getRawDescription()
                        .getWorkflowExecutionInfo()
                        .getPriority()
                        .getFairnessKey())
                .isEqualTo(caller.organization().toString()));
    }

    @Test
    void streamsThatAreHeldBackSaySoAndBeginInTheirOrder() {
        Answer answer = submit(1, 3);
        String id = answer.text("/id");
        List<String> streams = answer.json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("stream_id").asString())
                .toList();

        awaitCount(id, "processing", 1);

        assertThat(caller.entries(id, "processing")).containsExactly(streams.getFirst());
        assertThat(caller.get(BATCHES + "?status=processing&created_after=2026-01-01T00:00:00Z")
                        .json()
                        .path("data"))
                .hasSize(1);
        assertThat(caller.get(BATCHES + "?status=cancelling").json().path("data"))
                .isEmpty();
        assertThat(caller.get(BATCHES + "?status=processing&created_before=2026-01-01T00:00:00Z")
                        .json()
                        .path("data"))
                .isEmpty();
        assertThat(caller.get(STREAMS + "/" + streams.get(1)).text("/progress/note"))
                .contains("parallel_limit");
        caller.stop(streams.getFirst());
        await().atMost(SOON).until(() -> caller.entries(id, "processing").equals(List.of(streams.get(1))));
    }

    @Test
    void onlyAsManyAsThePlanAllowsAreInProcessWhateverTheBatchAllows() {
        Caller starter = api.caller(api.organization(Plan.STARTER), null, "admin");
        String id = starter.post(BATCHES, body(4, 4)).text("/id");

        await().pollInterval(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> starter.get(BATCHES + "/" + id)
                                .json()
                                .at("/counts/processing")
                                .asInt()
                        == 2);

        assertThat(starter.get(BATCHES + "/" + id).json().at("/counts/pending").asInt())
                .isEqualTo(2);
    }

    @Test
    void tellsEveryFaultOfEveryStreamAtOnce() {
        Answer answer = caller.post(BATCHES, """
                {"parallel_limit": 0, "speed": 1, "streams": [
                  {"source_url": "https://media.example.com/a.mp4"},
                  {"source_url": "ftp://media.example.com/a.mp4", "options": {"min_duration": 0}},
                  7,
                  {"options": {"dimension_set_id": "chess_default"}, "streams": []}]}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields())
                .containsExactlyInAnyOrder(
                        "parallel_limit",
                        "speed",
                        "streams[1].source_url",
                        "streams[1].options.min_duration",
                        "streams[2]",
                        "streams[3].source_url",
                        "streams[3].options.dimension_set_id",
                        "streams[3].streams");
        assertThat(caller.post(BATCHES, "{\"streams\": []}").wrongFields()).containsExactly("streams");
        assertThat(caller.post(BATCHES, "{}").wrongFields()).containsExactly("streams");
        assertThat(caller.get(BATCHES).json().path("data")).isEmpty();
    }

    @Test
    void aThousandStreamsAreTakenAndOneMoreIsNot() {
        Answer answer = caller.post(BATCHES, body(1, 1000));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("total").asInt()).isEqualTo(1000);
        assertThat(caller.post(BATCHES, body(1, 1001)).wrongFields()).containsExactly("streams");
        String id = answer.text("/id");
        awaitCount(id, "processing", 1);
        assertThat(caller.post(BATCHES + "/" + id + "/cancel", "{\"force\": true}")
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofMinutes(4))
                .until(() -> batch(id).path("status").asString().equals("cancelled"));
        assertThat(batch(id).at("/counts/stopped").asInt()).isEqualTo(1000);
        assertThat(ends(id)).isEqualTo(1);
    }

    @Test
    void aSourceThatIsInProcessAlreadyRefusesTheBatchByItsPlace() {
        String running = caller.submit("https://media.example.com/running.mp4").text("/id");

        Answer answer = caller.post(BATCHES, """
                {"streams": [{"source_url": "https://media.example.com/new.mp4"},
                             {"source_url": "https://media.example.com/running.mp4"}]}
                """);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/code")).isEqualTo("DUPLICATE_RESOURCE");
        assertThat(answer.wrongFields()).containsExactly("streams[1].source_url");
        assertThat(answer.text("/errors/0/message")).contains(running);
        assertThat(caller.get(STREAMS).json().path("data")).hasSize(1);
        assertThat(caller.post(BATCHES, """
                        {"streams": [{"source_url": "https://media.example.com/running.mp4", "allow_duplicate": true}]}
                        """).status()).isEqualTo(202);
    }

    @Test
    void anUploadThatStandsInABatchTwiceIsRefusedWithWhatHelps() {
        String upload = upload();

        Answer twice = caller.post(BATCHES, """
                {"streams": [{"source_url": "%1$s", "allow_duplicate": true},
                             {"source_url": "%1$s", "allow_duplicate": true}]}
                """.formatted(upload));

        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.text("/detail")).contains("upload the file again", "one stream");
        assertThat(twice.text("/detail")).doesNotContain("send \"allow_duplicate\"");
        assertThat(caller.post(BATCHES, "{\"streams\": [{\"source_url\": \"" + upload + "\"}]}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anUploadThatIsUsedUpHidesNoOtherFaultAndIsNamedByItsPlace() {
        String upload = upload();
        String stream = caller.submit(upload).text("/id");
        String used = "{\"source_url\": \"" + upload + "\"%s}";

        Answer alone = caller.post(STREAMS, used.formatted(", \"x\": 1"));
        Answer among = caller.post(BATCHES, """
                {"parallel_limit": 0, "streams": [%s, {"source_url": "https://media.example.com/a.mp4", "x": 1}]}
                """.formatted(used.formatted("")));
        Answer faultless = caller.post(BATCHES, """
                {"streams": [{"source_url": "https://media.example.com/a.mp4"}, %s]}
                """.formatted(used.formatted("")));

        assertThat(alone.wrongFields()).containsExactly("x");
        assertThat(among.wrongFields()).containsExactlyInAnyOrder("parallel_limit", "streams[1].x");
        assertThat(faultless.status()).isEqualTo(409);
        assertThat(faultless.wrongFields()).containsExactly("streams[1].source_url");
        assertThat(faultless.text("/errors/0/message")).contains(stream);
        assertThat(caller.submit(upload).text("/detail")).contains(stream, "upload the file again");
    }

    /** A whole file; what names it as a source. */
    private String upload() {
        byte[] file = {1, 2, 3};
        Answer begun = caller.send(
                HttpMethod.POST,
                "/api/v1/uploads",
                Map.of("Tus-Resumable", "1.0.0", "Upload-Length", Integer.toString(file.length)),
                "");
        String place = String.valueOf(begun.headers().getLocation());
        Answer sent = caller.send(
                HttpMethod.PATCH,
                place,
                Map.of(
                        "Tus-Resumable", "1.0.0",
                        "Upload-Offset", "0",
                        "Content-Type", "application/offset+octet-stream"),
                file);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(204);
        return "upload:" + place.substring(place.lastIndexOf('/') + 1);
    }

    @Test
    void aCancelledBatchStopsWhatRunsAndNeverBeginsWhatWaits() {
        String id = submit(2, 6).text("/id");
        awaitCount(id, "processing", 2);

        Answer answer = caller.post(BATCHES + "/" + id + "/cancel", "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/status")).isIn("cancelling", "cancelled");
        await().atMost(SOON).until(() -> batch(id).path("status").asString().equals("cancelled"));
        assertThat(batch(id).at("/counts/stopped").asInt()).isEqualTo(6);
        assertThat(started()).isEqualTo(2);
        assertThat(caller.post(BATCHES + "/" + id + "/cancel", "{}").status()).isEqualTo(200);
        assertThat(caller.post(BATCHES + "/" + id + "/cancel", "{\"now\": 1}").wrongFields())
                .containsExactly("now");
    }

    @Test
    void isFoundInTheListWithoutItsEntries() {
        String first = submit(1, 1).text("/id");
        String second = submit(1, 2).text("/id");

        Answer page = caller.get(BATCHES + "?limit=1");

        assertThat(page.text("/data/0/id")).isEqualTo(second);
        assertThat(page.json().at("/data/0/entries").isMissingNode()).isTrue();
        assertThat(caller.get(BATCHES + "?cursor=" + page.text("/next_cursor")).text("/data/0/id"))
                .isEqualTo(first);
        assertThat(caller.get(BATCHES + "?status=x").wrongFields()).containsExactly("status");
    }

    @Test
    void listsTheOldestFirstWhenAsked() {
        String first = submit(1, 1).text("/id");
        String second = submit(1, 1).text("/id");

        Answer page = caller.get(BATCHES + "?order=asc&limit=1");
        String cursor = "&cursor=" + page.text("/next_cursor");

        assertThat(page.text("/data/0/id")).isEqualTo(first);
        assertThat(caller.get(BATCHES + "?order=asc" + cursor).text("/data/0/id"))
                .isEqualTo(second);
        assertThat(caller.get(BATCHES + "?order=desc" + cursor).wrongFields()).containsExactly("cursor");
        assertThat(caller.get(BATCHES + "?order=random").wrongFields()).containsExactly("order");
    }

    @Test
    void whoHasItAsItIsHearsNothingNewUntilOneOfItsStreamsHasChanged() {
        String id = submit(1, 1).text("/id");
        awaitCount(id, "processing", 1);
        String batch = BATCHES + "/" + id;
        String tag = String.valueOf(caller.get(batch).headers().getFirst("ETag"));

        Answer unchanged = caller.get(batch, Map.of("If-None-Match", tag));

        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        caller.stop(caller.entries(id, "processing").getFirst());
        await().atMost(SOON).until(() -> batch(id).path("status").asString().equals("completed"));
        Answer changed = caller.get(batch, Map.of("If-None-Match", tag));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.text("/status")).isEqualTo("completed");
    }

    @Test
    void aBatchWhoseWorkflowIsGoneGoesOnAtTheNextEndOfOneOfItsStreams() {
        String id = submit(1, 2).text("/id");
        awaitCount(id, "processing", 1);
        api.bean(WorkflowClient.class).newUntypedWorkflowStub("batch/" + id).terminate("by the test");

        caller.stop(caller.entries(id, "processing").getFirst());
        awaitCount(id, "processing", 1);
        caller.stop(caller.entries(id, "processing").getFirst());

        await().atMost(SOON).until(() -> batch(id).path("status").asString().equals("completed"));
    }

    private Answer submit(int parallelLimit, int streams) {
        return caller.post(BATCHES, body(parallelLimit, streams));
    }

    private static String body(int parallelLimit, int streams) {
        return IntStream.range(0, streams)
                .mapToObj(i -> "{\"source_url\": \"https://media.example.com/" + UUID.randomUUID() + ".mp4\"}")
                .collect(Collectors.joining(",", "{\"parallel_limit\": " + parallelLimit + ", \"streams\": [", "]}"));
    }

    private JsonNode batch(String id) {
        return caller.get(BATCHES + "/" + id).json();
    }

    private List<Integer> counts(String id) {
        JsonNode counts = batch(id).path("counts");
        return Stream.of("pending", "processing", "stopped")
                .map(state -> counts.path(state).asInt())
                .toList();
    }

    private void awaitCount(String id, String state, int count) {
        await().atMost(SOON).until(() -> batch(id).at("/counts/" + state).asInt() == count);
    }

    private long ends(String batch) {
        return events().filter(event -> event.type().equals("batch.completed")
                        && batch.equals(event.data().get("batch_id")))
                .count();
    }

    private long started() {
        return events().filter(event -> event.type().equals("stream.started")).count();
    }

    private Stream<StoredEvent> events() {
        return api
                .bean(EventStore.class)
                .after(caller.organization(), 0, 10_000)
                .collectList()
                .blockOptional()
                .orElseThrow()
                .stream();
    }
}
