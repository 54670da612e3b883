package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.clip.Exactness;
import tv.tldr.activities.clip.NumberedSource;
import tv.tldr.activities.media.Probe;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.activities.storage.MediaInput;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.stream.TimeRange;

/** A person says where a clip begins and ends: the real workflow and the real FFmpeg, over HTTP. */
class RecutIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TimeRange BEFORE = new TimeRange(40, 55.5);

    @TempDir
    static Path folder;

    private static Path video = Path.of("");

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final Sample sample = Sample.completed(api, caller.organization(), video);
    private final String highlight = "/api/v1/highlights/" + sample.highlight(1);

    @BeforeAll
    static void makeMaterial() {
        NumberedSource.write(folder, 100);
        video = TestMedia.make(
                folder, NumberedSource.input("25") + NumberedSource.H264 + "-bf 3 -g 75 -c:a aac numbered.mp4");
    }

    @Test
    void theNewClipBeginsAndEndsWhereItSaysAndUntilThenTheOldOneStands() throws IOException {
        Answer before = caller.get(highlight);
        Answer accepted = change("{\"start_time\": 42.013, \"end_time\": 50.5, \"title\": \"The pass\"}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("/recut/status")).isEqualTo("pending");
        assertThat(range(accepted.json())).isEqualTo(BEFORE);
        assertThat(accepted.text("/title")).isEqualTo("The pass");
        JsonNode after = cut();

        TimeRange wanted = new TimeRange(42.013, 50.5);
        assertThat(range(after)).isEqualTo(wanted);
        assertThat(after.at("/boundaries/start").asString()).isEqualTo("manual");
        assertThat(after.at("/boundaries/end").asString()).isEqualTo("manual");
        assertThat(after.path("peak_time").asDouble())
                .isEqualTo(before.json().path("peak_time").asDouble());
        assertThat(version(caller.get(highlight))).isEqualTo(version(before) + 3);
        Answer clip = caller.get(highlight + "/clip");
        Path file = Files.write(folder.resolve("clip.mp4"), clip.body());
        MediaFacts facts = new Probe(TestMedia.FFMPEG).probe(new MediaInput(video), folder, () -> {});
        Exactness found = new Exactness.Source(video, facts, "").of(file, wanted);
        assertThat(Math.abs(found.firstFrame())).as(found.toString()).isLessThanOrEqualTo(1);
        assertThat(Math.abs(found.lastFrame())).as(found.toString()).isLessThanOrEqualTo(1);
        assertThat(found.jumps()).as(found.toString()).isZero();
        assertThat(Math.abs(found.firstSound())).as(found.toString()).isLessThan(20);
        assertThat(caller.get(highlight + "/thumbnail").headers().getContentType())
                .hasToString("image/jpeg");
        await().untilAsserted(() -> assertThat(objects()).hasSize(2));
        assertThat(caller.get("/api/v1/events?types=highlight.updated").json().path("data"))
                .hasSize(2)
                .last()
                .satisfies(event -> assertThat(range(event.path("data"))).isEqualTo(wanted));
    }

    @Test
    void onlyTheEdgeThatIsMovedIsManualAndWhatIsThereAlreadyIsNotCutAgain() {
        assertThat(change("{\"start_time\": 40, \"end_time\": 55.5}").status()).isEqualTo(200);

        assertThat(change("{\"end_time\": 47}").status()).isEqualTo(202);
        assertThat(change("{\"end_time\": 47}").status())
                .as("the same order again, whether it is carried out by now or not")
                .isIn(200, 202);
        JsonNode after = cut();

        assertThat(range(after)).isEqualTo(new TimeRange(40, 47));
        assertThat(after.at("/boundaries/start").asString()).isEqualTo("cut");
        assertThat(after.at("/boundaries/end").asString()).isEqualTo("manual");
        assertThat(after.path("peak_time").asDouble())
                .as("the old one is outside")
                .isEqualTo(43.5);
        assertThat(caller.get("/api/v1/events?types=highlight.updated").json().path("data"))
                .hasSize(2);
    }

    @Test
    void ofTwoAtOnceThatMeanTheSameVersionOneIsAcceptedAndTheLaterOneOfTwoWins() {
        String tag = Objects.requireNonNull(caller.get(highlight).headers().getETag());
        List<Integer> statuses = Flux.just(41, 42)
                .flatMap(start -> Flux.just(start)
                        .publishOn(Schedulers.boundedElastic())
                        .map(from -> change(Map.of("If-Match", tag), "{\"start_time\": " + from + "}")
                                .status()))
                .collectSortedList()
                .blockOptional()
                .orElseThrow();
        assertThat(statuses).containsExactly(202, 412);

        List<Answer> accepted = Flux.range(43, 3)
                .flatMap(start -> Flux.just(start)
                        .publishOn(Schedulers.boundedElastic())
                        .map(from -> change("{\"start_time\": " + from + "}")))
                .collectList()
                .blockOptional()
                .orElseThrow();
        Answer last = accepted.stream()
                .max((one, other) -> Long.compare(version(one), version(other)))
                .orElseThrow();

        assertThat(cut().path("start_time").asDouble())
                .isEqualTo(last.json().at("/recut/start_time").asDouble());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(objects()).hasSize(2));
        assertThat(caller.get(highlight + "/clip").status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeCutKeepsItsClipAndSaysWhyAndMayBeTriedAgain() throws IOException {
        ObjectStore store = api.bean(ObjectStore.class);
        ObjectKey source = ObjectKeys.source(sample.stream());
        store.delete(source);

        assertThat(change("{\"start_time\": 41}").status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> caller.get(highlight).text("/recut/status").equals("failed"));
        JsonNode failed = caller.get(highlight).json();
        assertThat(range(failed)).isEqualTo(BEFORE);
        assertThat(failed.at("/recut/error").asString()).isNotBlank();
        assertThat(caller.get(highlight + "/clip").body()).isEqualTo(Sample.CLIP);

        store.put(source, video);
        assertThat(change("{\"start_time\": 41}").status()).isEqualTo(202);
        assertThat(range(cut())).isEqualTo(new TimeRange(41, 55.5));
    }

    @Test
    void withoutItsSourceAClipStaysAsItIs() {
        Sample gone = Sample.completed(api, caller.organization());

        Answer refused = caller.send(
                HttpMethod.PATCH,
                "/api/v1/highlights/" + gone.highlight(0),
                Map.of("Content-Type", "application/json"),
                "{\"end_time\": 12}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("/code")).isEqualTo("PROCESSING_ERROR");
        assertThat(refused.text("/detail")).contains("no longer stored");
    }

    @Test
    void manyAtOnceKeepTheirEdges() {
        Answer refused = caller.send(
                HttpMethod.PATCH,
                "/api/v1/highlights/bulk",
                Map.of("Content-Type", "application/json"),
                "{\"ids\": [\"%s\"], \"changes\": {\"start_time\": 3}}".formatted(sample.highlight(0)));

        assertThat(refused.wrongFields()).containsExactly("changes.start_time");
    }

    private Answer change(String body) {
        return change(Map.of(), body);
    }

    private Answer change(Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return caller.send(HttpMethod.PATCH, highlight, all, body);
    }

    /** The highlight when nothing is to be cut any more. */
    private JsonNode cut() {
        await().atMost(PATIENCE)
                .until(() -> caller.get(highlight).json().path("recut").isNull());
        return caller.get(highlight).json();
    }

    private List<ObjectKey> objects() {
        return api.bean(ObjectStore.class).list(ObjectKeys.highlight(sample.stream(), sample.highlight(1)));
    }

    private static TimeRange range(JsonNode highlight) {
        return new TimeRange(
                highlight.path("start_time").asDouble(),
                highlight.path("end_time").asDouble());
    }

    private static long version(Answer answer) {
        // Of a compressed answer the tag says that, too.
        return Long.parseLong(Objects.requireNonNull(answer.headers().getETag()).replaceAll("[^0-9]", ""));
    }
}
