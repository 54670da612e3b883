package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.api.Collector;
import tv.tldr.api.Exposition;

/** What do its operators see of a stream that goes through the whole program: metrics, a trace, lines of the log? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedIT {
    private static final String SECRET = "a secret key that nobody else may see 0123456789";

    private static final String PAYLOAD_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private Path folder = Path.of("");
    private GeminiStandIn model;
    private Collector collector;
    private Program serve;
    private String key = "";
    private String stream = "";

    @BeforeAll
    void analyzeOne(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        model = StandIn.start(folder, Settings.DEFAULTS, Clock.systemUTC());
        collector = Collector.start();
        StandIn.lead(
                folder,
                model,
                Settings.DEFAULTS,
                "GEMINI_REQUESTS_PER_MINUTE=6000",
                "LOG_FORMAT=json",
                "LOG_LEVEL=debug",
                "SECRET_KEY=" + SECRET,
                "TEMPORAL_PAYLOAD_KEYS=first:" + PAYLOAD_KEY,
                "OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url());
        serve = Program.start(folder, "serve");
        serve.ready();
        key = Files.readString(folder.resolve(".tldr/api-key")).strip();
        Typed ending =
                Typed.in(folder, "analyze", Footage.SAMPLE.toString(), "--threshold=0.3", "--json", "--out", "seen");
        assertThat(ending.exitCode()).as(ending.err()).isZero();
        stream = ending.json().at("/stream/id").asString();
    }

    @AfterAll
    void stop() throws InterruptedException {
        serve.end();
        collector.close();
        model.close();
    }

    @Test
    void everyMetricThatIsDocumentedIsThereAndWorkIsCounted() throws IOException, InterruptedException {
        Set<String> documented = Exposition.documented(Path.of("../docs/observability.md"));
        // Nothing has failed yet.
        documented.remove("temporal_request_failure_total");

        // Temporal's library tells its own from time to time.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(serve.metrics().names()).containsAll(documented));

        Exposition metrics = serve.metrics();
        assertThat(metrics.sum("tldr_ffmpeg_seconds_count", "outcome=\"done\"", "program=\"ffmpeg\""))
                .isPositive();
        assertThat(metrics.sum("tldr_model_requests_total", "state=\"charged\""))
                .isPositive();
        assertThat(metrics.sum("tldr_model_tokens_total", "of=\"video\"")).isPositive();
        assertThat(metrics.sum("tldr_model_cost_usd_total")).isPositive();
        assertThat(metrics.sum("tldr_events_total", "type=\"stream.completed\""))
                .isPositive();
        assertThat(metrics.sum("tldr_highlights_found_total")).isPositive();
        assertThat(metrics.sum("temporal_activity_execution_latency_seconds_count", "task_queue=\"media\""))
                .isPositive();
    }

    @Test
    void oneSubmissionIsOneTraceFromTheRequestThroughTheWorkflowToItsActivities() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<Collector.Span> spans = collector.spans();
            String trace = spans.stream()
                    .filter(span -> span.name().equals("StartWorkflow:StreamWorkflow"))
                    .map(Collector.Span::trace)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no stream was started: " + spans));
            assertThat(spans.stream().filter(span -> span.trace().equals(trace)).map(Collector.Span::name))
                    .contains(
                            "http post /api/v1/streams",
                            "RunWorkflow:StreamWorkflow",
                            "RunActivity:MeasureSegment",
                            "RunActivity:CutClip",
                            "RunActivity:FinishStream");
            assertThat(spans.stream()
                            .filter(span -> span.name().startsWith("RunActivity:")
                                    && !span.trace().equals(trace))
                            .map(Collector.Span::name))
                    .allMatch(name -> name.equals("RunActivity:AttemptDelivery"));
        });
    }

    @Test
    void everyLineOfTheLogIsAnObjectThatSaysWhatItIsAbout() throws IOException {
        List<JsonNode> lines = Files.readAllLines(folder.resolve(".tldr/logs/tldr.log")).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("time").asString()).isNotEmpty();
            assertThat(line.path("level").asString()).isNotEmpty();
            assertThat(line.path("logger").asString()).isNotEmpty();
            assertThat(line.path("message").isString()).isTrue();
        });
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("stream_id").asString()).isEqualTo(stream);
            assertThat(line.path("organization_id").asString()).startsWith("org_");
            assertThat(line.path("workflow_id").asString()).isEqualTo("stream/" + stream);
            assertThat(line.path("trace_id").asString()).hasSize(32);
        });
        assertThat(lines).anySatisfy(line -> assertThat(line.path("request_id").asString())
                .startsWith("req_"));
    }

    /** All that the server has is in this file, and what was not moved into it yet is in the one beside it. */
    @Test
    void temporalHasIdsAloneOfWhatItIsTold() throws IOException {
        StringBuilder kept = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve(".tldr"))) {
            for (Path file : files.filter(
                            one -> one.getFileName().toString().matches("temporal.*\\.(db|sqlite|db-wal)"))
                    .toList()) {
                kept.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(kept.toString())
                .contains("stream/" + stream, "binary/encrypted")
                .doesNotContain("gameplay.mp4", "highlight_threshold", "highlightThreshold");
    }

    @Test
    void noSecretIsInLogsTracesOrMetrics() throws IOException, InterruptedException {
        for (String secret : List.of(key, SECRET, PAYLOAD_KEY, Settings.DEFAULTS.key())) {
            assertThat(Files.readString(folder.resolve(".tldr/logs/tldr.log"))).doesNotContain(secret);
            assertThat(collector.text()).doesNotContain(secret);
            assertThat(serve.metrics().text()).doesNotContain(secret);
        }
    }
}
