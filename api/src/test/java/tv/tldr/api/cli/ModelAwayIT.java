package tv.tldr.api.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Call;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;

/** The model's service is away, or asks to wait: the whole program with a patience that is short enough for a test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int RETRIES = 2;
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final EnumSet<Operation> EVERYTHING =
            EnumSet.of(Operation.UPLOAD, Operation.GET_FILE, Operation.GENERATE);

    private Path folder = Path.of("");
    private GeminiStandIn model;
    private Program serve;
    private ApiClient client;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        model = StandIn.start(folder, Settings.DEFAULTS, Clock.systemUTC());
        StandIn.lead(
                folder,
                model,
                Settings.DEFAULTS,
                "GEMINI_REQUESTS_PER_MINUTE=6000",
                "GEMINI_CONCURRENCY=1",
                "GEMINI_MAX_RETRIES=" + RETRIES,
                "GEMINI_RETRY_DELAY=" + DELAY.toMillis() + "ms");
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
    }

    @Test
    void whileItIsAwayRulesDecideAndEveryHighlightSaysWhy() throws IOException {
        int before = model.calls(Operation.GENERATE).size();
        model.faults().share(1, 1, EVERYTHING, List.of(Fault.OVERLOADED, Fault.BROKEN, Fault.HANGS_UP));

        JsonNode stream = ended(submitted());

        assertThat(stream.path("status").asString()).isEqualTo("completed");
        assertThat(stream.path("errors"))
                .singleElement()
                .satisfies(error -> assertThat(error.path("code").asString()).isEqualTo("AI_UNAVAILABLE"));
        List<JsonNode> highlights =
                client.list("/api/v1/streams/" + stream.path("id").asString() + "/highlights");
        assertThat(highlights).isNotEmpty().allSatisfy(highlight -> {
            assertThat(highlight.path("degraded").asString("")).contains("Gemini does not answer");
            assertThat(highlight.path("title").asString("")).doesNotContain("[stand-in]");
            assertThat(highlight.at("/files/clip").isNull()).isFalse();
        });
        Map<String, List<Call>> asked = askedByWindow(before);
        assertThat(asked).isNotEmpty().allSatisfy((window, calls) -> {
            assertThat(calls).hasSizeLessThanOrEqualTo(1 + RETRIES);
            for (int i = 1; i < calls.size(); i++) {
                assertThat(gap(calls.get(i - 1), calls.get(i))).isGreaterThanOrEqualTo(DELAY.multipliedBy(i));
            }
        });
        assertThat(asked.values()).anyMatch(calls -> calls.size() == 1 + RETRIES);

        isScoredByTheModelAfterAllOnceThatIsBack(stream);
    }

    private void isScoredByTheModelAfterAllOnceThatIsBack(JsonNode stream) throws IOException {
        model.faults().none();
        String path = "/api/v1/streams/" + stream.path("id").asString();

        client.post(path + "/reanalyze", Json.of("{}"));
        JsonNode again = ended(path);

        assertThat(again.path("status").asString()).isEqualTo("completed");
        assertThat(again.path("errors")).isEmpty();
        assertThat(candidates(again)).isNotEmpty().allSatisfy(candidate -> assertThat(
                        candidate.path("degraded").isNull())
                .isTrue());
        assertThat(candidates(again))
                .anySatisfy(candidate ->
                        assertThat(candidate.path("title").asString("")).contains("[stand-in]"));
    }

    @Test
    void whatEndsInTimeLeavesNoTrace() throws IOException {
        model.faults().next(Operation.GENERATE, RETRIES, Fault.OVERLOADED);

        JsonNode stream = ended(submitted());

        assertThat(stream.path("errors")).isEmpty();
        assertThat(candidates(stream)).isNotEmpty().allSatisfy(candidate -> assertThat(
                        candidate.path("degraded").isNull())
                .isTrue());
    }

    /** A limit may be met more often than there are retries: it costs time alone, and as much as was asked for. */
    @Test
    void aLimitIsWaitedForAsLongAsTheServiceAsks() throws IOException {
        int before = model.calls(Operation.GENERATE).size();
        Duration wait = Duration.ofMillis(1700);
        model.faults().throttlingFor(wait).next(Operation.GENERATE, 3 * (1 + RETRIES), Fault.THROTTLED);

        String path = submitted();
        await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> client.get(path)
                .at("/progress/note")
                .asString("")
                .startsWith("Gemini asks to wait for 1700 ms"));
        JsonNode stream = ended(path);

        assertThat(stream.path("errors")).isEmpty();
        assertThat(candidates(stream)).isNotEmpty().allSatisfy(candidate -> assertThat(
                        candidate.path("degraded").isNull())
                .isTrue());
        Map<String, List<Call>> asked = askedByWindow(before);
        assertThat(asked).allSatisfy((window, calls) -> {
            assertThat(calls.getLast().status()).isEqualTo(200);
            for (int i = 1; i < calls.size(); i++) {
                assertThat(calls.get(i - 1).status()).isEqualTo(429);
                assertThat(gap(calls.get(i - 1), calls.get(i))).isGreaterThanOrEqualTo(wait);
            }
        });
        assertThat(asked.values()).anyMatch(calls -> calls.size() > 1 + RETRIES);
    }

    private static Duration gap(Call one, Call next) {
        return Duration.between(one.at(), next.at());
    }

    /** The questions since then, those about one window together: they name the same units. */
    private Map<String, List<Call>> askedByWindow(int before) {
        return model.calls(Operation.GENERATE).stream().skip(before).collect(groupingBy(call -> call.body()
                .at("/contents/0/parts/1/text")
                .asText()));
    }

    private String submitted() throws IOException {
        return "/api/v1/streams/"
                + client.post(
                                "/api/v1/streams",
                                Json.of("{'source_url': '" + Footage.SAMPLE.toUri() + "', 'allow_duplicate': true,"
                                        + " 'options': {'highlight_threshold': 0.3, 'strategy': 'ai_only'}}"))
                        .path("id")
                        .asString();
    }

    private JsonNode ended(String path) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> client.get(path).path("status").asString().matches("completed|failed"));
        return client.get(path);
    }

    private List<JsonNode> candidates(JsonNode stream) throws IOException {
        return client.list("/api/v1/streams/" + stream.path("id").asString() + "/candidates");
    }
}
