package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of the program as a person meets it. */
class ServeIT {
    private static final Duration GRACE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void oneInstanceServesAllAndLeavesNothingRunning() throws Exception {
        try (Program serve = Program.start(folder, "serve")) {
            ApiClient client = serve.ready();
            await().untilAsserted(() -> assertThat(serve.out()).contains("API key  tldr_sk_"));
            assertThat(serve.others()).isNotEmpty();

            aSecondInstanceIsRefused(serve);
            anAnalysisUsesTheInstanceThatIsThere(client);

            serve.terminate();
            assertThat(serve.exit(GRACE)).isEqualTo(143);
            assertThat(serve.others()).isEmpty();
            assertThat(client.isReady()).isFalse();
            assertThat(folder.resolve(".tldr/instance.properties")).doesNotExist();
        }
    }

    @Test
    void whoeverEndsItWhileItStartsFindsNothingLeft() throws Exception {
        try (Program serve = Program.start(folder, "serve")) {
            await().atMost(Duration.ofMinutes(1)).until(() -> !serve.others().isEmpty());
            serve.terminate();

            assertThat(serve.exit(Duration.ofMinutes(1))).isEqualTo(143);
            assertThat(serve.others()).isEmpty();
        }
    }

    private void aSecondInstanceIsRefused(Program first) throws IOException, InterruptedException {
        try (Program second = Program.startBeside(folder, "serve")) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err()).contains("TL;DR already runs on").contains("process " + first.pid());
            assertThat(second.out()).isEmpty();
        }
        assertThat(first.isAlive()).isTrue();
    }

    private void anAnalysisUsesTheInstanceThatIsThere(ApiClient client) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("notes.mp4"), "not a film");
        try (Program analyze = Program.startBeside(folder, "analyze", "notes.mp4", "--json")) {
            assertThat(analyze.exit()).isEqualTo(1);
            assertThat(analyze.err()).doesNotContain("Starting").contains("tldr: SOURCE_NOT_MEDIA: ");
            JsonNode printed = Json.of(analyze.out());
            assertThat(printed.path("stream").path("status").asString()).isEqualTo("failed");
            assertThat(printed.path("stream")
                            .path("errors")
                            .path(0)
                            .path("code")
                            .asString())
                    .isEqualTo("SOURCE_NOT_MEDIA");
            assertThat(status(client, printed.path("stream").path("id").asString()))
                    .isEqualTo("failed");
        }
        assertThat(folder.resolve("highlights")).doesNotExist();
    }

    private static String status(ApiClient client, String streamId) throws IOException {
        return client.get("/api/v1/streams/" + streamId).path("status").asString();
    }
}
