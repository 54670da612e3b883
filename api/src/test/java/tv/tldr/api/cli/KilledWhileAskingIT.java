package tv.tldr.api.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.gemini.standin.Tokens;

/**
 * A crash while the model thinks: what was answered is neither asked nor paid for again, the books are right, the clip that
 * lay at the model's service is found there by whoever asks again, used and removed, and the key to it has gone nowhere.
 */
class KilledWhileAskingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String CANARY = "AIzaSyCanary-of-a-killed-program-0123456789";
    private static final Settings SETTINGS = new Settings(CANARY, Settings.DEFAULTS.models(), 1000, 2);
    private static final int WINDOWS = 5;
    private static final int ANSWERED = 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingIsPaidTwiceAndNothingIsLeftBehind() throws Exception {
        folder = folder.toRealPath();
        Path video = new Footage(folder).make("film.mp4", "-stream_loop 3 -i SAMPLE -t 280 -c copy");
        try (GeminiStandIn model = StandIn.start(folder, SETTINGS, Clock.systemUTC())) {
            configure(model);
            model.faults().passing(Operation.GENERATE, ANSWERED).next(Operation.GENERATE, 1, Fault.SILENT);
            String streamId;
            Map<String, Integer> askedBefore;
            String held;
            try (Program first = Program.start(folder, "serve")) {
                streamId = submitted(first.ready(), video);
                await().atMost(PATIENCE).until(() -> model.calls(Operation.GENERATE).stream()
                        .anyMatch(call -> call.fault() == Fault.SILENT));
                held = model.files().getFirst();
                askedBefore = model.questions();
                assertThat(askedBefore).hasSize(ANSWERED + 1).containsEntry(held, 1);
                first.kill();
                first.exit();
                assertThat(model.files()).as("a killed program cleans nothing").containsExactly(held);

                try (Program second = Program.start(folder, "serve")) {
                    ApiClient client = second.ready();
                    await().atMost(PATIENCE).until(() -> client.get("/api/v1/streams/" + streamId)
                            .path("status")
                            .asString()
                            .equals("completed"));

                    assertThat(client.get("/api/v1/streams/" + streamId).path("errors"))
                            .isEmpty();
                    assertThat(model.questions()).hasSize(WINDOWS).allSatisfy((window, times) -> assertThat(times)
                            .as(window)
                            .isEqualTo(window.equals(held) ? 2 : 1));
                    assertThat(model.answers()).isEqualTo(WINDOWS);
                    theBooksSayWhatWasCharged(model, held);
                    assertThat(model.files()).as("long before any sweep").isEmpty();
                    assertThat(clips(model))
                            .as("the clip that was left is the one that is asked about")
                            .hasSize(WINDOWS);

                    keepWhatIsAnswered(client, streamId);
                    second.terminate();
                    second.exit();
                    assertThat(first.out() + first.err() + second.out() + second.err())
                            .doesNotContain(CANARY);
                }
            }
            assertThat(filesWithTheKey()).as("files with the key in them").isEmpty();
        }
    }

    private static Set<String> clips(GeminiStandIn model) {
        return model.calls(Operation.GENERATE).stream()
                .map(call -> call.body().findValue("fileUri").asText())
                .collect(toSet());
    }

    private void configure(GeminiStandIn model) throws IOException {
        StandIn.lead(
                folder,
                model,
                SETTINGS,
                "GEMINI_REQUESTS_PER_MINUTE=6000",
                "GEMINI_CONCURRENCY=1",
                // Every clip is uploaded, however small.
                "tldr.gemini.inline-limit=0B");
    }

    private static String submitted(ApiClient client, Path video) throws IOException {
        return client.post(
                        "/api/v1/streams",
                        Json.of("{'source_url': '" + video.toUri() + "', 'options': {'strategy': 'ai_only'}}"))
                .path("id")
                .asString();
    }

    /** One request has no known end: that of the killed program, which stands at its estimate. */
    private void theBooksSayWhatWasCharged(GeminiStandIn model, String held) throws IOException, SQLException {
        Tokens charged = model.charged();
        assertThat(Rows.of(
                        folder,
                        "SELECT count(*), sum(text_tokens + video_tokens + audio_tokens), sum(output_tokens)"
                                + " FROM model_calls WHERE state = 'charged'"))
                .containsExactly(List.of(
                        String.valueOf(model.answers()),
                        String.valueOf(charged.prompt()),
                        String.valueOf(charged.output() + charged.thoughts())));
        assertThat(Rows.of(folder, "SELECT window_number, state FROM model_calls WHERE state <> 'charged'"))
                .containsExactly(List.of(held.substring(held.lastIndexOf('/') + 1), "sent"));
    }

    /** Beside the files of the program, to be searched with them: pages in which a secret could be told by mistake. */
    private void keepWhatIsAnswered(ApiClient client, String streamId) throws IOException {
        Path answers = Files.createDirectories(folder.resolve(".tldr/answers"));
        String stream = "/api/v1/streams/" + streamId;
        List<String> pages = List.of("/metrics", "/health/detailed", stream, stream + "/candidates");
        for (String page : pages) {
            client.download(page, answers.resolve(page.replace('/', '-')));
        }
    }

    /** Database, Temporal's histories, logs, objects, answers: everything that the program keeps. */
    private List<Path> filesWithTheKey() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(".tldr"))) {
            return files.filter(Files::isRegularFile)
                    .filter(KilledWhileAskingIT::holdsTheKey)
                    .toList();
        }
    }

    private static boolean holdsTheKey(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(CANARY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
