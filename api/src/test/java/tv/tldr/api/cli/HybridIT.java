package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.gemini.standin.Tokens;
import tv.tldr.workflows.TypeId;
import tv.tldr.workflows.stream.TimeRange;

/** What does a key to the model add? The whole program with a server that speaks Gemini's protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HybridIT {
    private Path folder = Path.of("");
    private GeminiStandIn model;
    private Program serve;
    private ApiClient client;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        model = StandIn.start(folder, Settings.DEFAULTS, Clock.systemUTC());
        StandIn.lead(folder, model, Settings.DEFAULTS, "GEMINI_REQUESTS_PER_MINUTE=6000");
        serve = Program.start(folder, "serve");
        client = serve.ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        serve.end();
        model.close();
    }

    @BeforeEach
    void withoutFaults() {
        model.faults().none();
        model.hearsNothing();
    }

    @Test
    void theModelScoresWhatRulesFindPromisingAndEveryReasonIsThere() throws IOException {
        JsonNode stream = analyzed("first");

        assertThat(stream.at("/options/strategy").asString()).isEqualTo("hybrid");
        assertThat(stream.path("errors")).isEmpty();
        assertThat(model.calls(Operation.GENERATE)).isNotEmpty();
        assertThat(model.files()).as("files left at the model's service").isEmpty();
        assertThat(candidates(stream))
                .filteredOn(candidate -> candidate.path("title").asString("").startsWith("[stand-in]"))
                .isNotEmpty()
                .allSatisfy(candidate -> {
                    assertThat(candidate.path("degraded").isNull()).isTrue();
                    assertThat(candidate.path("reasons").toString()).contains("the model scores");
                    candidate.path("dimensions").forEach(dimension -> {
                        double share = dimension.path("model_share").asDouble();
                        double expected = share * dimension.at("/model/score").asDouble(0)
                                + (1 - share) * dimension.path("rules").asDouble();
                        assertThat(Math.abs(dimension.path("score").asDouble() - expected))
                                .isLessThan(1e-9);
                    });
                });
    }

    @Test
    void theStreamTellsWhatItCost() throws IOException {
        int before = model.calls(Operation.GENERATE).size();
        JsonNode statistics = analyzed("paid").path("statistics");

        assertThat(statistics.path("ai_requests").asInt())
                .isEqualTo(model.calls(Operation.GENERATE).size() - before)
                .isPositive();
        assertThat(statistics.path("ai_tokens").asLong()).isPositive();
        assertThat(statistics.path("ai_cost_usd").asDouble()).isBetween(1e-5, 1.0);
    }

    @Test
    void theFinalistsAreComparedOnceAndAHighlightSaysWhereItStands() throws IOException, SQLException {
        JsonNode stream = analyzed("compared");

        String uuid = TypeId.parse("stream", stream.path("id").asString()).toString();
        assertThat(Rows.of(
                        folder,
                        "SELECT state, cost_usd > 0 FROM model_calls WHERE kind = 'comparison' AND stream_id = '" + uuid
                                + "'"))
                .containsExactly(List.of("charged", "t"));
        assertThat(listed(stream, "highlights"))
                .anySatisfy(highlight -> assertThat(highlight.path("reasons").toString())
                        .containsPattern("compared with \\d+ others?: place \\d+ → 0\\.\\d{3}, with its own"));
        assertThat(candidates(stream))
                .filteredOn(
                        candidate -> candidate.path("contributions").toString().contains("\"comparison\""))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(candidate -> {
                    JsonNode contributions = candidate.path("contributions");
                    JsonNode compared = contributions.get(contributions.size() - 1);
                    double added = compared.path("value").asDouble()
                            * compared.path("weight").asDouble();
                    assertThat(added).isEqualTo(compared.path("contribution").asDouble());
                    assertThat(compared.path("text").asString())
                            .contains(String.format(
                                    Locale.ROOT,
                                    "makes %.3f",
                                    candidate.path("confidence_score").asDouble()));
                });
    }

    @Test
    void theArithmeticOfWhatTheModelScoredAddsUpInStepsToo() throws IOException {
        String set =
                client.post("/api/v1/dimension-sets", Json.of("""
                        {"base": "gaming_default", "name": "Steps", "highlight_types": [], "dimensions": [
                          {"id": "action_intensity", "weight": 0.5},
                          {"id": "loud", "type": "binary", "threshold": 0.4, "weight": 0.3,
                           "rules": {"based_on": "gaming_default/action_intensity"}},
                          {"id": "tension", "type": "categorical", "categories": {"calm": 0.1, "tense": 0.6, "wild": 1},
                           "weight": 0.2, "rules": {"based_on": "gaming_default/clutch_moment"}}]}
                        """)).path("id").asString();

        JsonNode stream = analyzed("steps", "--preset=" + set);

        List<String> explanations = new ArrayList<>();
        for (JsonNode highlight : listed(stream, "highlights")) {
            explanations.add(
                    Typed.in(folder, "explain", highlight.path("id").asString()).out());
        }
        assertThat(explanations).isNotEmpty().allSatisfy(DoneAgain::by);
        assertThat(explanations).anySatisfy(explanation -> assertThat(explanation)
                .containsPattern("loud = \\S+: \\S+ × model [01]\\.0000")
                .containsPattern("model: \\S+ (reaches|does not reach) 0\\.4000: counts as [01]\n")
                .containsPattern("rules: \\S+ reaches “(calm|tense|wild)”: counts as"));
    }

    /** What it said when it heard the sound is not counted while that is off, and counts again when it is on. */
    @Test
    void withoutSoundTheModelIsAskedAnewAndSentThePictureAlone() throws IOException {
        JsonNode stream = analyzed("deaf", "--strategy=ai_only");
        String path = "/api/v1/streams/" + stream.path("id").asString();
        String deaf = "{'options': {'processing_modules': {'audio_analysis': false}}}";
        JsonNode foreseen = client.post(path + "/preview", Json.of(deaf));
        assertThat(foreseen.path("unasked_seconds").asDouble())
                .isEqualTo(stream.path("duration_seconds").asDouble());
        assertThat(foreseen.path("nearest_misses").toString() + foreseen.path("highlights"))
                .contains("other processing modules");
        int requests = model.calls(Operation.GENERATE).size();
        Tokens before = model.charged();

        again(path, deaf);

        assertThat(model.calls(Operation.GENERATE)).hasSizeGreaterThan(requests);
        assertThat(model.charged().audio()).isEqualTo(before.audio());
        assertThat(model.charged().video()).isGreaterThan(before.video());
        assertThat(candidates(stream)).isNotEmpty().allSatisfy(candidate -> {
            assertThat(candidate.path("degraded").isNull()).isTrue();
            assertThat(candidate.path("transcript").toString()).doesNotContain("text");
        });

        int all = model.calls(Operation.GENERATE).size();
        again(path, "{'options': {'processing_modules': {'audio_analysis': true}}}");
        assertThat(model.calls(Operation.GENERATE))
                .as("nothing is paid for twice")
                .hasSize(all);
    }

    private void again(String path, String options) throws IOException {
        client.post(path + "/reanalyze", Json.of(options));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.get(path).path("status").asString().equals("completed"));
    }

    /** A preview cannot know what the model will say. */
    @Test
    void reanalyzeTellsWhatHasReallyChangedWhenTheModelIsAskedNow() throws IOException {
        JsonNode stream = analyzed("ruled", "--strategy=rule_based");
        String id = stream.path("id").asString();
        List<JsonNode> before = listed(stream, "highlights");

        Typed foreseen = Typed.in(folder, "reanalyze", id, "--strategy=hybrid", "--dry-run", "--json");
        assertThat(foreseen.json().at("/difference/unchanged").asInt()).isEqualTo(before.size());
        double open = foreseen.json().path("unasked_seconds").asDouble();
        assertThat(open).isPositive().isLessThan(stream.path("duration_seconds").asDouble());
        assertThat(open(id, "ai_only"))
                .isEqualTo(stream.path("duration_seconds").asDouble());
        Typed again = Typed.in(folder, "reanalyze", id, "--strategy=hybrid", "--json");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(open(id, "hybrid")).isZero();
        JsonNode difference = again.json().path("difference");
        assertThat(told(difference, "before")).containsExactlyInAnyOrderElementsOf(told(before));
        assertThat(told(difference, "after")).containsExactlyInAnyOrderElementsOf(told(listed(stream, "highlights")));
        assertThat(difference.path("unchanged").asInt()).isLessThan(before.size());
        assertThat(list(difference.path("changes")))
                .filteredOn(change -> change.path("change").asString().equals("removed"))
                .allSatisfy(change -> assertThat(change.path("after").isNull()).isTrue());
    }

    /** About how many seconds an analysis with that strategy would ask. */
    private double open(String stream, String strategy) throws IOException {
        return Typed.in(folder, "reanalyze", stream, "--strategy=" + strategy, "--dry-run", "--json")
                .json()
                .path("unasked_seconds")
                .asDouble();
    }

    private static List<String> told(JsonNode difference, String side) {
        return list(difference.path("changes")).stream()
                .map(change -> change.path(side))
                .filter(JsonNode::isObject)
                .map(moment -> moment.path("highlight_id").asString() + " " + moment.path("confidence_score"))
                .toList();
    }

    private static List<String> told(List<JsonNode> highlights) {
        return highlights.stream()
                .map(highlight -> highlight.path("id").asString() + " " + highlight.path("confidence_score"))
                .toList();
    }

    /** Five windows, of which at least one gets none but prose: six answers of it are for at most two each. */
    @Test
    void aThirdOfAllCallsMayFailAndTheStreamStillCompletesAndTellsTheTruth() throws IOException, SQLException {
        Path film = new Footage(folder).make("stormy.mp4", "-stream_loop 2 -i SAMPLE -t 290 -c copy");
        model.faults()
                .throttlingFor(Duration.ofMillis(200))
                .next(Operation.GENERATE, 6, Fault.PROSE)
                .share(
                        1 / 3.0,
                        7,
                        EnumSet.of(Operation.UPLOAD, Operation.GET_FILE, Operation.GENERATE),
                        List.of(Fault.THROTTLED, Fault.BROKEN, Fault.OVERLOADED, Fault.PROSE, Fault.EMPTY));

        JsonNode stream = analyzed(film, "stormy", "--strategy=ai_only");

        assertThat(stream.path("status").asString()).isEqualTo("completed");
        assertThat(model.files()).isEmpty();
        List<TimeRange> unanswered = unanswered(stream);
        assertThat(unanswered).hasSizeBetween(1, 4);
        assertThat(candidates(stream)).isNotEmpty().allSatisfy(candidate -> {
            double peak = candidate.path("peak_time").asDouble();
            boolean byRules = unanswered.stream().anyMatch(window -> window.start() <= peak && peak < window.end());
            assertThat(candidate.path("degraded").asString(""))
                    .as("why the moment at %s s is scored by rules; without answers: %s", peak, unanswered)
                    .matches(byRules ? "the model's answer cannot be used: .+" : "");
        });
        assertThat(candidates(stream))
                .anySatisfy(candidate ->
                        assertThat(candidate.path("degraded").isNull()).isFalse());
        assertTheLedgerSaysWhatTheModelsServiceCharged();
    }

    private List<TimeRange> unanswered(JsonNode stream) throws IOException, SQLException {
        String uuid = TypeId.parse("stream", stream.path("id").asString()).toString();
        return Rows.of(
                        folder,
                        "SELECT start_time, end_time FROM model_plans JOIN model_windows USING"
                                + " (organization_id, stream_id, window_number) WHERE answer IS NULL AND stream_id = '"
                                + uuid
                                + "'")
                .stream()
                .map(row -> new TimeRange(Double.parseDouble(row.getFirst()), Double.parseDouble(row.getLast())))
                .toList();
    }

    /** Of all streams, since each test waits for the end of its own. */
    private void assertTheLedgerSaysWhatTheModelsServiceCharged() throws IOException, SQLException {
        Tokens charged = model.charged();
        assertThat(Rows.of(
                        folder,
                        "SELECT count(*), sum(text_tokens + video_tokens + audio_tokens), sum(output_tokens)"
                                + " FROM model_calls WHERE state = 'charged'"))
                .containsExactly(Stream.of(model.answers(), charged.prompt(), charged.output() + charged.thoughts())
                        .map(String::valueOf)
                        .toList());
        assertThat(Rows.of(
                        folder,
                        "SELECT id FROM model_calls WHERE state IN ('sent', 'unknown')"
                                + " OR state = 'not_charged' AND cost_usd > 0"))
                .isEmpty();
    }

    @Test
    void aModelThatNeverGivesAUsableAnswerLeavesTheStreamToRulesAndEachHighlightSaysSo() throws IOException {
        model.faults().share(1, 1, EnumSet.of(Operation.GENERATE), List.of(Fault.PROSE));

        JsonNode stream = analyzed("wordy");

        assertThat(stream.path("status").asString()).isEqualTo("completed");
        assertThat(stream.path("errors"))
                .singleElement()
                .satisfies(error -> assertThat(error.path("code").asString()).isEqualTo("AI_UNUSABLE"));
        assertThat(candidates(stream)).anySatisfy(candidate -> {
            assertThat(candidate.path("degraded").asString("")).contains("cannot be used");
            assertThat(candidate.path("title").isNull()).isTrue();
            assertThat(candidate.path("reasons").toString()).doesNotContain("the model scores");
        });
    }

    @Test
    void aBudgetThatAllowsNothingSendsNothingAndTheStreamAndEachMomentSaySo() throws IOException {
        int before = model.calls(Operation.GENERATE).size();
        String id = client.post(
                        "/api/v1/streams",
                        Json.of(
                                "{'source_url': '" + Footage.SAMPLE.toUri()
                                        + "', 'allow_duplicate': true, 'options': {'strategy': 'ai_only', 'ai_budget_usd': 0.000001}}"))
                .path("id")
                .asString();
        await().atMost(Duration.ofMinutes(1)).until(() -> client.get("/api/v1/streams/" + id)
                .path("status")
                .asString()
                .equals("completed"));
        JsonNode stream = client.get("/api/v1/streams/" + id);

        assertThat(model.calls(Operation.GENERATE)).hasSize(before);
        assertThat(stream.path("errors")).singleElement().satisfies(error -> {
            assertThat(error.path("code").asString()).isEqualTo("AI_BUDGET_SPENT");
            assertThat(error.path("message").asString())
                    .startsWith("the AI budget of this stream is 0.000001 USD, of which 0.000001 USD are left");
        });
        assertThat(candidates(stream)).isNotEmpty().allSatisfy(candidate -> assertThat(
                        candidate.path("degraded").asString(""))
                .contains("the AI budget of this stream"));
    }

    /** The sample is asked about in two windows of 53 s, and in each somebody calls after 30 s. */
    @Test
    void aWakeWordThatIsHeardMakesAClipAroundItWithItsReason() throws IOException {
        model.hears("oh, clip THAT please", 30);

        Typed ending = Typed.in(
                folder,
                "analyze",
                Footage.SAMPLE.toString(),
                "--strategy=ai_only",
                "--wake-word=clip that",
                "--wake-word=what a save",
                "--json",
                "--out",
                "called");

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        JsonNode result = ending.json();
        assertThat(result.at("/stream/options/wake_words").toString()).isEqualTo("[\"clip that\",\"what a save\"]");
        String stream = "/api/v1/streams/" + result.at("/stream/id").asString();
        List<JsonNode> lines = list(client.get(stream + "/transcript").path("lines"));
        List<Double> calls = lines.stream()
                .filter(line -> line.path("text").asString().equals("oh, clip THAT please"))
                .map(line -> line.path("start_time").asDouble())
                .toList();
        assertThat(calls).hasSize(2);
        assertThat(calls.getFirst()).isBetween(0.0, 53.0);
        assertThat(calls.getLast()).isBetween(53.0, 106.0);
        assertThat(list(result.path("highlights")))
                .filteredOn(highlight -> highlight.path("tags").toString().contains("wake_word"))
                .isNotEmpty()
                .allSatisfy(highlight -> {
                    assertThat(highlight.path("confidence_score").asDouble()).isEqualTo(1);
                    assertThat(highlight.at("/reasons/0").asString())
                            .startsWith("wake word “clip that” heard at 0:0")
                            .contains("likeness 1.00 (exact)");
                    assertThat(highlight.path("transcript").toString()).contains("oh, clip THAT please");
                    assertThat(calls).anySatisfy(call -> assertThat(call)
                            .isBetween(
                                    highlight.path("start_time").asDouble(),
                                    highlight.path("end_time").asDouble()));
                    assertThat(Path.of(highlight.path("clip").asString())).isNotEmptyFile();
                });
    }

    @Test
    void wakeWordsThatNobodyWouldHearAreRefusedBeforeAnythingIsMade() throws IOException {
        Typed deaf = Typed.in(
                folder,
                "analyze",
                Footage.SAMPLE.toString(),
                "--strategy=rule_based",
                "--wake-word=clip that",
                "--out",
                "deaf");
        Typed unspeakable =
                Typed.in(folder, "analyze", Footage.SAMPLE.toString(), "--wake-word=?!", "--out", "unspeakable");

        assertThat(deaf.exitCode()).isNotZero();
        assertThat(deaf.err()).contains("rule_based", "choose ai_only");
        assertThat(unspeakable.exitCode()).isNotZero();
        assertThat(unspeakable.err()).contains("must have a letter or a digit");
        assertThat(folder.resolve("deaf")).doesNotExist();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private JsonNode analyzed(String out, String... more) throws IOException {
        return analyzed(Footage.SAMPLE, out, more);
    }

    private JsonNode analyzed(Path video, String out, String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("analyze", video.toString(), "--threshold=0.3", "--json", "--out", out));
        words.addAll(List.of(more));
        Typed ending = Typed.in(folder, words.toArray(String[]::new));
        assertThat(ending.exitCode()).as(ending.err()).isZero();
        return client.get("/api/v1/streams/" + ending.json().at("/stream/id").asString());
    }

    private List<JsonNode> candidates(JsonNode stream) throws IOException {
        return listed(stream, "candidates");
    }

    private List<JsonNode> listed(JsonNode stream, String what) throws IOException {
        JsonNode page = client.get("/api/v1/streams/" + stream.path("id").asString() + "/" + what + "?limit=100");
        return list(page.path("data"));
    }
}
