package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.workflows.stream.StreamAttributes;

class StreamSubmissionIT {
    private static final String STREAMS = "/api/v1/streams";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void answersWithTheStreamAndEveryDefault() {
        Answer answer = caller.post(STREAMS, """
                {"source_url": "https://media.example.com/a.mp4?token=1", "metadata": {"match": 4711, "deep": {"x": [1.5, null]}}}
                """);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().getFirst("Location")).isEqualTo(STREAMS + "/" + answer.text("/id"));
        assertThat(answer.text("/source_url")).isEqualTo("https://media.example.com/a.mp4?token=1");
        assertThat(answer.text("/platform")).isEqualTo("file");
        assertThat(answer.text("/workflow_id")).isEqualTo("stream/" + answer.text("/id"));
        assertThat(answer.json().path("metadata"))
                .isEqualTo(JsonMapper.shared().readTree("{\"match\": 4711, \"deep\": {\"x\": [1.5, null]}}"));
        assertThat(answer.json().path("options")).isEqualTo(JsonMapper.shared().readTree("""
                {"highlight_threshold": 0.8, "min_duration": 15.0, "max_duration": 60.0, "merge_threshold": 5.0,
                 "buffer_before": 2.0, "buffer_after": 3.0, "max_highlights": null, "strategy": "rule_based", "ai_budget_usd": null,
                 "fusion": {"strategy": "weighted", "weights": {"video": 0.5, "audio": 0.3, "text": 0.2}, "min_modalities": 2,
                            "agreement_threshold": 0.6, "order": ["video", "audio", "text"], "confidence_threshold": 0.8},
                 "dimension_set_id": "gaming_default", "dimension_set_version": 1, "custom_dimensions": {},
                 "highlight_types": [], "wake_words": [], "thorough": false,
                 "processing_modules": {"video_analysis": true, "audio_analysis": true, "chat_analysis": true,
                                        "multimodal_fusion": true}}
                """));
        assertThat(caller.get(STREAMS + "/" + answer.text("/id")).text("/id")).isEqualTo(answer.text("/id"));
    }

    @Test
    void keepsTheOptionsThatWereGiven() {
        Answer answer = caller.post(STREAMS, """
                {"source_url": "https://media.example.com/b.mp4", "platform": "file", "allow_duplicate": null,
                 "options": {"highlight_threshold": 0.5, "min_duration": 5, "max_duration": 20.5, "max_highlights": 3.0,
                             "dimension_set_id": "music_default", "thorough": true, "strategy": "hybrid",
                             "processing_modules": {"chat_analysis": false}, "fusion": {"strategy": "weighted"}}}
                """);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode options = answer.json().path("options");
        assertThat(options.path("highlight_threshold").asDouble()).isEqualTo(0.5);
        assertThat(options.path("max_highlights").asInt()).isEqualTo(3);
        assertThat(options.path("dimension_set_id").asString()).isEqualTo("music_default");
        assertThat(options.path("thorough").asBoolean()).isTrue();
        assertThat(options.path("processing_modules"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"video_analysis": true, "audio_analysis": true, "chat_analysis": false, "multimodal_fusion": true}
                """));
    }

    @Test
    void whatASourceIsOpenedWithIsNotInTheHistoryOfItsWorkflow() {
        String id = caller.post(STREAMS, """
                        {"source_url": "https://media.example.com/signed.mp4?signature=canary-of-a-signature"}
                        """).text("/id");
        await().until(() -> caller.get(STREAMS + "/" + id).text("/status").equals("processing"));

        assertThat(api.bean(WorkflowClient.class)
                        .fetchHistory("stream/" + id)
                        .getHistory()
                        .toByteString()
                        .toString(StandardCharsets.ISO_8859_1))
                .contains("media.example.com/signed.mp4")
                .doesNotContain("canary-of-a-signature");
    }

    @Test
    void startsTheWorkflowSoThatOperatorsFindIt() {
        String id = caller.submitted();

        await().until(() -> caller.get(STREAMS + "/" + id).text("/status").equals("processing"));
        WorkflowExecutionDescription workflow = api.bean(WorkflowClient.class)
                .newUntypedWorkflowStub("stream/" + id)
                .describe();
        assertThat(workflow.getTypedSearchAttributes().get(StreamAttributes.ORGANIZATION_ID))
                .isEqualTo(caller.organization().toString());
        assertThat(workflow.getTypedSearchAttributes().get(StreamAttributes.PLATFORM))
                .isEqualTo("file");
        if (TestTemporal.isRealToBeHad()) {
            assertThat(workflow.getStaticSummary()).startsWith("file: ").endsWith(".mp4, gaming_default");
            assertThat(workflow.getStaticDetails())
                    .contains(id, caller.organization().toString());
            assertThat(workflow.getRawDescription()
                            .getWorkflowExecutionInfo()
                            .getPriority()
                            .getFairnessKey())
                    .isEqualTo(caller.organization().toString());
        }
    }

    @Test
    void tellsEveryWrongFieldAtOnce() {
        Answer answer = caller.post(STREAMS, """
                {"platform": 7, "metadata": [], "allow_duplicate": "yes", "optins": {},
                 "options": {"highlight_threshold": 1.01, "min_duration": 1e400, "max_duration": 1e999999999, "max_highlights": 2.5, "thorough": 1,
                             "dimension_set_id": "chess_default", "clip": {"colour": "red"}}}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.wrongFields())
                .containsExactlyInAnyOrder(
                        "source_url",
                        "platform",
                        "metadata",
                        "allow_duplicate",
                        "optins",
                        "options.highlight_threshold",
                        "options.min_duration",
                        "options.max_duration",
                        "options.max_highlights",
                        "options.thorough",
                        "options.dimension_set_id",
                        "options.clip.colour");
        assertThat(answer.text()).contains("is required", "gaming_default, education_default");
    }

    @Test
    void refusesTheModelAloneWhereThereIsNoneAndSaysWhatIsMissing() {
        Answer answer = caller.post(STREAMS, """
                {"source_url": "https://media.example.com/c.mp4", "options": {"strategy": "ai_only", "ai_budget_usd": -1}}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("options.strategy", "GEMINI_API_KEY", "options.ai_budget_usd");
    }

    @Test
    void refusesWakeWordsThatNobodyCouldHearAndSaysWhatToDo() {
        Answer answer = caller.post(STREAMS, """
                {"source_url": "https://media.example.com/c.mp4",
                 "options": {"strategy": "hybrid", "wake_words": ["clip that", "!!"]}}
                """);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder("options.wake_words", "options.wake_words[1]");
        assertThat(answer.text()).contains("set GEMINI_API_KEY or VOSK_MODEL_PATH, or leave wake_words out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"clip\": {\"aspect_ratio\": \"9:16\"}", "\"clip\": {\"captions\": true}"})
    void refusesWhatItCannotDoYetInsteadOfIgnoringIt(String option) {
        Answer answer = caller.post(
                STREAMS, "{\"source_url\": \"https://media.example.com/c.mp4\", \"options\": {" + option + "}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/message")).containsPattern("not supported|supports only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.twitch.tv/videos/1",
                "https://youtu.be/x",
                "rtmp://live.example.com/app",
                "file:///etc/passwd",
                "/etc/passwd",
                "http://127.0.0.1/a.mp4",
                "http://169.254.169.254/latest",
                "http://127.1/a.mp4",
                "ftp://example.com/a.mp4",
                "https://media.example.com:22/a.mp4",
                "not a url"
            })
    void refusesSourcesThatItMayNotOrCannotTake(String url) {
        Answer answer = caller.submit(url);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.wrongFields()).containsExactly("source_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"a\": 1, \"a\": 2}",
                "{} {}",
                "{\"source_url\": \"\\ud800\"}x",
                "{'source_url': 1}",
                "{\"source_url\": NaN}"
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        Answer answer = caller.post(STREAMS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void refusesAnEmptyBody() {
        Answer answer = caller.send(HttpMethod.POST, STREAMS, Map.of("Content-Type", "application/json"), "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("empty");
    }

    @Test
    void refusesAnotherMediaType() {
        Answer answer = caller.send(HttpMethod.POST, STREAMS, Map.of("Content-Type", "text/plain"), "{}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("/code")).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void refusesAnotherMethodAndNamesTheRightOnes() {
        Answer answer = caller.send(HttpMethod.DELETE, STREAMS, Map.of(), "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().getAllow())
                .containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    }

    @Test
    void refusesAnAnswerInAFormThatItDoesNotHave() {
        assertThat(caller.get(STREAMS, Map.of("Accept", "text/csv")).status()).isEqualTo(406);
    }

    @Test
    void takesABodyOfOneMebibyteAndNotAByteMore() {
        String fits = "{\"source_url\": \"" + "x".repeat((1 << 20) - 18) + "\"}";

        assertThat(caller.post(STREAMS, fits).status()).isEqualTo(400);
        assertThat(caller.post(STREAMS, fits + " ").status()).isEqualTo(413);
    }

    @Test
    void refusesMetadataThatTheDatabaseCouldNotHold() {
        for (String metadata : new String[] {
            "{\"a\": \"\\u0000\"}",
            "{\"\\u0000\": 1}",
            "{\"a\": 1e400}",
            "{\"a\": \"" + "x".repeat(16 << 10) + "\"}",
            "{\"a\":".repeat(11) + "1" + "}".repeat(11)
        }) {
            Answer answer = caller.post(
                    STREAMS, "{\"source_url\": \"https://media.example.com/m.mp4\", \"metadata\": " + metadata + "}");

            assertThat(answer.status()).as(metadata.substring(0, 10)).isEqualTo(400);
            assertThat(answer.wrongFields()).containsExactly("metadata");
        }
    }

    @Test
    void takesASourceOnceAtATimeUnlessToldOtherwise() {
        String url = "https://media.example.com/" + UUID.randomUUID() + ".mp4";
        Answer first = caller.submit(url);
        Answer second = caller.submit(url.replace("https://media", "HTTPS://MEDIA"));
        Answer allowed = caller.post(STREAMS, "{\"source_url\": \"" + url + "\", \"allow_duplicate\": true}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("/code")).isEqualTo("DUPLICATE_RESOURCE");
        assertThat(second.text("/detail")).contains(first.text("/id"));
        assertThat(allowed.status()).isEqualTo(202);
        assertThat(api.caller("admin").submit(url).status()).isEqualTo(202);
    }

    @Test
    void takesOneOfManySubmissionsOfTheSameSourceAtTheSameTime() {
        String url = "https://media.example.com/" + UUID.randomUUID() + ".mp4";

        List<Integer> statuses = IntStream.range(0, 20)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> caller.submit(url).status(), virtualThreads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnly(202, 409).containsOnlyOnce(202);
    }

    @Test
    void callsTheRequestAsTheClientDoes() {
        Answer named = caller.get(STREAMS, Map.of("X-Request-Id", "client-7.a:b_c"));
        Answer forged = caller.get(STREAMS + "/nothing", Map.of("X-Request-Id", "two words"));

        assertThat(named.headers().getFirst("X-Request-Id")).isEqualTo("client-7.a:b_c");
        assertThat(forged.headers().getFirst("X-Request-Id")).startsWith("req_");
        assertThat(forged.text("/request_id")).isEqualTo(forged.headers().getFirst("X-Request-Id"));
        assertThat(forged.text("/instance")).isEqualTo(STREAMS + "/nothing");
    }
}
