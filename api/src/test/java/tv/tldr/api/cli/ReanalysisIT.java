package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.workflows.TypeId;

/** What if it had been submitted with other options, and how is it made so? The whole program on a stream that has ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReanalysisIT {
    private static final Pattern SOUND =
            Pattern.compile("(loudness|band_\\w+|onsets|spectral_\\w+|speech|crowd|music|silence)\\.\\d+s");

    private Path folder = Path.of("");
    private Program serve;
    private ApiClient client;
    private String untouched = "";

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        serve = Program.start(folder, "serve");
        client = serve.ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        serve.end();
    }

    @Test
    void theOptionsThatStandGiveWhatStands() throws IOException {
        String stream = asItStands();

        JsonNode preview = preview(stream, "{}");

        assertThat(preview.at("/difference/unchanged").asInt()).isPositive();
        assertThat(preview.at("/difference/added").asInt()).isZero();
        assertThat(preview.at("/difference/removed").asInt()).isZero();
        assertThat(preview.at("/difference/changed").asInt()).isZero();
    }

    @Test
    void whatAPreviewShowsAReanalysisMakesSo() throws IOException {
        String stream = analyzed();
        List<JsonNode> before = highlights(stream);
        String options = """
                {"options": {"highlight_threshold": 0.3, "min_duration": 8, "max_duration": 10, "buffer_before": 1,
                             "buffer_after": 1, "dimension_set_id": "sports_default"}}
                """;

        JsonNode preview = preview(stream, options);
        assertThat(highlights(stream)).as("a preview changes nothing").isEqualTo(before);
        assertThat(preview.at("/options/dimension_set_id").asString()).isEqualTo("sports_default");

        JsonNode begun = client.post("/api/v1/streams/" + stream + "/reanalyze", Json.of(options));
        assertThat(begun.path("analysis").asInt()).isEqualTo(2);
        assertThat(ended(stream).path("scored_with").asString()).isEqualTo("sports_default");

        List<JsonNode> after = highlights(stream);
        assertThat(after).hasSameSizeAs(preview.path("highlights"));
        for (int i = 0; i < after.size(); i++) {
            JsonNode foreseen = preview.path("highlights").path(i);
            assertThat(after.get(i).path("start_time").asDouble())
                    .isEqualTo(foreseen.path("start_time").asDouble());
            assertThat(after.get(i).path("end_time").asDouble())
                    .isEqualTo(foreseen.path("end_time").asDouble());
            assertThat(after.get(i).path("confidence_score").asDouble())
                    .isEqualTo(foreseen.path("confidence_score").asDouble());
            assertThat(after.get(i).path("status").asString()).isEqualTo("processed");
            assertThat(after.get(i).at("/file_info/start_time").asDouble())
                    .isEqualTo(foreseen.path("start_time").asDouble());
        }
        Set<String> kept = ids(preview.at("/difference/changes"), "/before/highlight_id", "/after/start_time");
        assertThat(kept).isNotEmpty();
        assertThat(after.stream().map(one -> one.path("id").asString())).containsAll(kept);
        assertThat(preview(stream, "{}").at("/difference/unchanged").asInt()).isEqualTo(after.size());
    }

    /** Nothing is measured again: the same signals, of which those of the sound do not count. */
    @Test
    void withoutSoundAWhatIfGoesByThePictureAloneAndAReanalysisMakesItSo() throws IOException {
        String stream = analyzed();
        String pictureAlone =
                "{\"options\": {\"highlight_threshold\": 0.1, \"processing_modules\": {\"audio_analysis\": false}}}";

        JsonNode all = preview(stream, "{\"options\": {\"highlight_threshold\": 0.1}}");
        JsonNode seen = preview(stream, pictureAlone);

        assertThat(seen.at("/options/processing_modules/audio_analysis").asBoolean())
                .isFalse();
        assertThat(features(all.path("highlights"))).anyMatch(SOUND.asMatchPredicate());
        assertThat(features(seen.path("highlights"))).isNotEmpty().noneMatch(SOUND.asMatchPredicate());
        assertThat(seen.path("highlights").toString()).contains("sound not counted: audio_analysis is off");

        client.post("/api/v1/streams/" + stream + "/reanalyze", Json.of(pictureAlone));
        assertThat(ended(stream)
                        .at("/options/processing_modules/audio_analysis")
                        .asBoolean())
                .isFalse();
        JsonNode ledger = client.get("/api/v1/streams/" + stream + "/candidates?limit=100")
                .path("data");
        assertThat(features(ledger)).isNotEmpty().noneMatch(SOUND.asMatchPredicate());
        assertThat(preview(stream, "{}").at("/difference/unchanged").asInt())
                .isEqualTo(highlights(stream).size())
                .isEqualTo(seen.path("highlights").size());
        assertThat(client.get("/api/v1/streams/" + stream + "/signals").toString())
                .as("measured all the same")
                .contains("loudness");
    }

    /** Of whatever is said of moments: of the whole, and of each dimension. */
    private static Set<String> features(JsonNode moments) {
        return moments.findValues("feature").stream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    @Test
    void aMarkerThatComesLaterCountsInAPreviewAndAReanalysisMakesItSo() throws IOException {
        String stream = analyzed();
        String marker = "marker clip_that at 3.0 s, counts 1.00";
        client.post("/api/v1/streams/" + stream + "/markers", Json.of("""
                {"markers": [{"time": 3, "kind": "clip_that", "lead": 2, "lag": 2}]}
                """));

        JsonNode preview = preview(stream, "{}");
        assertThat(preview.path("highlights").toString()).contains(marker);
        assertThat(highlights(stream).toString()).doesNotContain(marker);

        client.post("/api/v1/streams/" + stream + "/reanalyze", Json.of("{}"));
        assertThat(ended(stream).path("status").asString()).isEqualTo("completed");
        assertThat(highlights(stream)).hasSameSizeAs(preview.path("highlights"));
        assertThat(highlights(stream).toString()).contains(marker);
    }

    @Test
    void theSameSampleUnderOtherSetsIsScoredOtherwiseForReasonsThatAreStated() throws IOException {
        String stream = asItStands();

        JsonNode gaming = kept(preview(stream, under("gaming_default")));
        JsonNode education = kept(preview(stream, under("education_default")));
        JsonNode own = kept(client.post("/api/v1/dimension-sets/preview", Json.of("""
                {"stream_id": "%s", "options": {"highlight_threshold": 0.3}, "dimension_set": {
                  "name": "Loudness alone", "dimensions": [{"id": "loud", "highlight_type": "shout",
                    "rules": {"reach": 1, "usual": -1, "signals": {"loudness": [0, 1, 0]}}}]}}
                """.formatted(stream))));

        assertThat(names(gaming)).contains("action_intensity").doesNotContain("loud");
        assertThat(names(education)).doesNotContain("action_intensity", "loud");
        assertThat(names(own)).containsExactly("loud");
        assertThat(own.path("type").asString()).isEqualTo("shout");
        assertThat(List.of(gaming, education, own))
                .extracting(one -> one.path("type"))
                .doesNotHaveDuplicates();
        assertThat(List.of(gaming, education, own))
                .extracting(one -> one.at("/reckoning/score"))
                .doesNotHaveDuplicates();
        assertThat(List.of(gaming, education, own))
                .extracting(one -> one.path("reasons"))
                .doesNotHaveDuplicates();
        assertThat(own.path("reasons").toString()).contains("loud").doesNotContain("picture", "motion");
    }

    /** The best of what would be kept. */
    private static JsonNode kept(JsonNode preview) {
        assertThat(preview.path("highlights"))
                .as(preview.path("scored_with").asString())
                .isNotEmpty();
        return preview.path("highlights").path(0);
    }

    private static Collection<String> names(JsonNode moment) {
        return moment.path("dimensions").propertyNames();
    }

    private static String under(String set) {
        return "{\"options\": {\"highlight_threshold\": 0.3, \"dimension_set_id\": \"" + set + "\"}}";
    }

    @Test
    void whatCannotBePreviewedOrGoneOverSaysWhy() throws IOException {
        String stream = asItStands();
        Refusal thorough = refused("/api/v1/streams/" + stream + "/reanalyze", "{\"options\": {\"thorough\": true}}");
        assertThat(thorough.getMessage()).contains("thorough").contains("measured already");
        assertThat(refused("/api/v1/streams/" + stream + "/preview", "{\"options\": {\"highlight_threshold\": 2}}")
                        .getMessage())
                .contains("highlight_threshold");
        assertThat(refused("/api/v1/streams/" + stream + "/retry", "{}").getMessage())
                .contains("only a failed one");
        assertThat(refused("/api/v1/streams/stream_01kb0000000000000000000000/preview", "{}")
                        .getMessage())
                .contains("stream");
    }

    @Test
    void aSetThatIsNotSavedCanBeTriedOnAStream() throws IOException {
        String stream = asItStands();

        JsonNode preview = client.post("/api/v1/dimension-sets/preview", Json.of("""
                {"stream_id": "%s", "dimension_set": {"base": "gaming_default", "name": "Short", "highlight_types": []}}
                """.formatted(stream)));

        assertThat(preview.path("scored_with").asString()).isEqualTo("unsaved");
        assertThat(preview.path("highlights")).isNotEmpty();
        assertThat(refused("/api/v1/dimension-sets/preview", "{\"stream_id\": \"" + stream + "\"}")
                        .getMessage())
                .contains("dimension_set");
    }

    @Test
    void explainPrintsTheArithmeticOfAHighlightSoThatItCanBeDoneAgain() throws IOException {
        String stream = asItStands();
        JsonNode highlight = highlights(stream).getFirst();

        Typed byId = Typed.in(folder, "explain", highlight.path("id").asString());
        assertThat(byId.exitCode()).as(byId.err()).isZero();
        assertThat(byId.out())
                .startsWith(TimeText.precise(highlight.path("start_time").asDouble()))
                .contains(String.format(
                        Locale.ROOT,
                        "= %.4f",
                        highlight.path("confidence_score").asDouble()))
                .contains("Score of the peak", "Confidence by the score", "action_intensity = ");
        assertThat(products(byId.out())).isEqualTo(Double.parseDouble(together(byId.out())), within(2e-4));

        double peak = highlight.path("peak_time").asDouble();
        assertThat(Typed.in(folder, "explain", stream, "--at", String.valueOf(peak))
                        .out())
                .isEqualTo(byId.out());
        assertThat(Typed.in(folder, "explain", stream, "--json")
                        .json()
                        .at("/reckoning/level")
                        .isNumber())
                .isTrue();
        assertThat(Typed.in(folder, "explain", "stream_01kb0000000000000000000000")
                        .exitCode())
                .isEqualTo(1);
    }

    /** As an analysis leaves it that was broken off after its ledger was written. */
    @Test
    void aHighlightIsExplainedByItselfWhenTheLedgerIsThatOfAnotherAnalysis() throws IOException, SQLException {
        String stream = analyzed();
        JsonNode highlight = highlights(stream).getFirst();
        String id = highlight.path("id").asString();
        List<String> before = Typed.in(folder, "explain", id).out().lines().toList();
        assertThat(before.getFirst()).endsWith(", kept");

        Rows.of(
                folder,
                "UPDATE candidates SET number = number + 1000, peak_time = peak_time + 0.25, dimensions = '{}', reckoning = NULL"
                        + " WHERE stream_id = '" + TypeId.parse("stream", stream) + "' RETURNING number");

        List<String> after = Typed.in(folder, "explain", id).out().lines().toList();
        assertThat(after.getFirst() + ", kept").isEqualTo(before.getFirst());
        assertThat(after.subList(1, after.size())).isEqualTo(before.subList(2, before.size()));
        assertThat(Typed.in(folder, "explain", id, "--json").json()).isEqualTo(highlight);
    }

    /** Of the lines that a person would multiply: {@code 0.2500 × 0.7100  = 0.1775  action_intensity}. */
    private static double products(String explanation) {
        return Pattern.compile("(\\d\\.\\d+) × (\\d\\.\\d+) +=.*[a-z]")
                .matcher(explanation)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)) * Double.parseDouble(line.group(2)))
                .sum();
    }

    private static String together(String explanation) {
        return Pattern.compile("= (\\S+) +together")
                .matcher(explanation)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private Refusal refused(String path, String body) {
        return catchThrowableOfType(Refusal.class, () -> client.post(path, Json.of(body)));
    }

    /** One stream for all who change nothing of it. */
    private String asItStands() throws IOException {
        if (untouched.isEmpty()) {
            untouched = analyzed();
        }
        return untouched;
    }

    private String analyzed() throws IOException {
        String id = client.post("/api/v1/streams", Json.of("""
                        {"source_url": "%s", "allow_duplicate": true}
                        """.formatted(Footage.SAMPLE.toUri())))
                .path("id")
                .asString();
        assertThat(ended(id).path("status").asString()).isEqualTo("completed");
        return id;
    }

    private JsonNode ended(String id) {
        await().atMost(Duration.ofMinutes(3)).until(() -> !Set.of("pending", "processing")
                .contains(stream(id).path("status").asString()));
        return stream(id);
    }

    private JsonNode stream(String id) {
        try {
            return client.get("/api/v1/streams/" + id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode preview(String stream, String options) throws IOException {
        return client.post("/api/v1/streams/" + stream + "/preview", Json.of(options));
    }

    private List<JsonNode> highlights(String stream) throws IOException {
        return StreamSupport.stream(
                        client.get("/api/v1/streams/" + stream + "/highlights?limit=100&view=full")
                                .path("data")
                                .spliterator(),
                        false)
                .toList();
    }

    private static Set<String> ids(JsonNode changes, String id, String alsoThere) {
        return StreamSupport.stream(changes.spliterator(), false)
                .filter(change ->
                        !change.at(id).isMissingNode() && !change.at(alsoThere).isMissingNode())
                .map(change -> change.at(id).asString())
                .collect(Collectors.toSet());
    }
}
