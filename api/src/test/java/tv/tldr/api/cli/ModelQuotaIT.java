package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Call;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;

/** The provider's limit holds in any 60 seconds, second tries and several streams at once included, and nobody is refused. */
class ModelQuotaIT {
    private static final int A_MINUTE = 6;
    private static final int STREAMS = 2;
    private static final int WINDOWS_EACH = 2;

    /** Each question and its second try. */
    private static final int REQUESTS = STREAMS * WINDOWS_EACH * 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void noMinuteHasMoreRequestsThanTheModelsServiceAllowsWhenEveryQuestionIsAskedTwice() throws Exception {
        folder = folder.toRealPath();
        Settings settings = new Settings(Settings.DEFAULTS.key(), Settings.DEFAULTS.models(), A_MINUTE, 0);
        try (GeminiStandIn model = StandIn.start(folder, settings, Clock.systemUTC())) {
            model.faults().share(1, 1, EnumSet.of(Operation.GENERATE), List.of(Fault.PROSE));
            StandIn.lead(folder, model, settings, "GEMINI_REQUESTS_PER_MINUTE=" + A_MINUTE);
            try (Program serve = Program.start(folder, "serve")) {
                ApiClient client = serve.ready();
                for (int i = 0; i < STREAMS; i++) {
                    client.post(
                            "/api/v1/streams",
                            Json.of("{'source_url': '" + Footage.SAMPLE.toUri() + "', 'allow_duplicate': true,"
                                    + " 'options': {'strategy': 'ai_only', 'max_highlights': 1}}"));
                }
                await().atMost(Duration.ofMinutes(4)).until(() -> completed(client) == STREAMS);
                serve.terminate();
                serve.exit();
            }

            List<Call> calls = model.calls(Operation.GENERATE);
            assertThat(calls).hasSize(REQUESTS).allSatisfy(call -> assertThat(call.status())
                    .isEqualTo(200));
            assertThat(calls).allSatisfy(call -> assertThat(inTheMinuteFrom(call.at(), calls))
                    .isLessThanOrEqualTo(A_MINUTE));
        }
    }

    private static long completed(ApiClient client) throws IOException {
        return client.list("/api/v1/streams").stream()
                .filter(stream -> stream.path("status").asString().equals("completed"))
                .count();
    }

    private static long inTheMinuteFrom(Instant first, List<Call> calls) {
        Instant end = first.plusSeconds(60);
        return calls.stream()
                .filter(call -> !call.at().isBefore(first) && call.at().isBefore(end))
                .count();
    }
}
