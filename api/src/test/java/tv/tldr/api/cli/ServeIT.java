package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
            theLogIsOnStderrAndOnlyDataOnStdout(serve);

            aSecondInstanceIsRefused(serve);
            anAnalysisUsesTheInstanceThatIsThere(client);
            dimensionSetsAreFilesForWhoeverSits();
            whatDoesNotFitIntoStdoutIsAFailure();

            serve.terminate();
            assertThat(serve.exit(GRACE)).isEqualTo(143);
            assertThat(serve.others()).isEmpty();
            // Somebody else's instance may answer there by now: it does not know the key.
            assertThat(catchThrowable(() -> client.get("/api/v1/streams"))).isNotNull();
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

    @Test
    void whoseDatabaseIsAwayIsToldSoInOneLine() throws Exception {
        Files.writeString(
                folder.resolve(".env"),
                "DATABASE_URL=postgresql://tldr:a-password@127.0.0.1:9/tldr\nSECRET_KEY=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n");

        Typed serve = Typed.in(folder, "serve");

        assertThat(serve.exitCode()).isEqualTo(1);
        assertThat(serve.err().lines())
                .hasSize(2)
                .last(as(STRING))
                .startsWith("tldr: DATABASE_URL leads to 127.0.0.1:9/tldr, where nobody answers")
                .contains("refused", "./tldr doctor")
                .doesNotContain("a-password");
    }

    private static void theLogIsOnStderrAndOnlyDataOnStdout(Program serve) {
        await().untilAsserted(() -> assertThat(serve.err()).contains("INFO").contains("Workers are polling."));
        await().untilAsserted(() -> assertThat(serve.out()).contains("Ctrl-C ends it."));
        assertThat(serve.out().lines())
                .allMatch(line -> line.matches("(API |Docs |Web UI |Log |API key |Ctrl-C ends it\\.).*"));
        assertThat(serve.err()).doesNotContain("tldr_sk_");
    }

    private void aSecondInstanceIsRefused(Program first) throws IOException, InterruptedException {
        try (Program second = Program.startBeside(folder, "serve")) {
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err()).contains("TL;DR already runs on").contains("process " + first.pid());
            assertThat(second.out()).isEmpty();
        }
        assertThat(first.isAlive()).isTrue();
    }

    private void anAnalysisUsesTheInstanceThatIsThere(ApiClient client) throws IOException {
        Files.writeString(folder.resolve("notes.mp4"), "not a film");
        Typed analyze = Typed.in(folder, "analyze", "notes.mp4", "--json");

        assertThat(analyze.exitCode()).isEqualTo(1);
        assertThat(analyze.err()).doesNotContain("Starting").contains("tldr: SOURCE_NOT_MEDIA: ");
        JsonNode stream = analyze.json().path("stream");
        assertThat(stream.path("status").asString()).isEqualTo("failed");
        assertThat(stream.at("/errors/0/code").asString()).isEqualTo("SOURCE_NOT_MEDIA");
        assertThat(status(client, stream.path("id").asString())).isEqualTo("failed");
        assertThat(folder.resolve("highlights")).doesNotExist();
    }

    private void dimensionSetsAreFilesForWhoeverSits() throws IOException {
        assertThat(dimensions(0, "list")).contains("gaming_default").contains("action_intensity");
        assertThat(dimensions(0, "show", "gaming_default")).contains("clutch_moment ≥ 0.7 and action_intensity ≥ 0.5");
        Files.writeString(folder.resolve("mine.json"), dimensions(0, "export", "gaming_default"));
        assertThat(dimensions(0, "validate", "mine.json")).isEqualTo("No faults.\n");

        String id = dimensions(0, "create", "mine.json").strip();
        assertThat(id).startsWith("dset_");
        Files.writeString(
                folder.resolve("mine.json"),
                Files.readString(folder.resolve("mine.json")).replace("\"Gaming\"", "\"Mine\""));
        assertThat(dimensions(0, "update", id, "mine.json")).isEqualTo(id + "\n");
        assertThat(dimensions(0, "list")).contains(id).contains("Mine");
        Typed analyze = Typed.in(folder, "analyze", "notes.mp4", "--json", "--preset", id);
        assertThat(analyze.exitCode()).isEqualTo(1);
        assertThat(analyze.json().at("/stream/options/dimension_set_version").asInt())
                .isEqualTo(2);

        Files.writeString(folder.resolve("wrong.json"), "{\"name\": \"x\", \"dimensions\": [{\"id\": \"A\"}]}");
        assertThat(dimensions(1, "validate", "wrong.json")).startsWith("dimensions[0].id: must be lower_snake_case");
        assertThat(dimensions(2, "create", "wrong.json")).isEmpty();
        Files.writeString(folder.resolve("words.json"), "{\"name\": \"x\", \"dimensions\": [{\"id\": \"wit\"}]}");
        assertThat(dimensions(0, "validate", "words.json")).startsWith("warning: dimensions[0].rules");
        assertThat(dimensions(1, "validate", "words.json", "--strategy", "rule_based"))
                .startsWith("dimensions: ");
        assertThat(dimensions(0, "delete", id)).isEmpty();
        assertThat(dimensions(1, "show", id)).isEmpty();
    }

    private void whatDoesNotFitIntoStdoutIsAFailure() {
        for (String action : List.of("list", "show gaming_default", "export gaming_default", "validate mine.json")) {
            Typed ending = Typed.withFullOut(folder, ("dimensions " + action).split(" ", -1));

            assertThat(ending.exitCode()).as(action).isEqualTo(1);
            assertThat(ending.err()).contains("could not be written to stdout");
        }
        assertThat(Typed.withFullOut(folder, "dimensions", "create", "mine.json")
                        .err())
                .contains("The set is saved: dset_");
    }

    private String dimensions(int exit, String... arguments) {
        Typed ending = Typed.in(
                folder,
                Stream.concat(Stream.of("dimensions"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(ending.exitCode()).as(ending.err()).isEqualTo(exit);
        return ending.out();
    }

    private static String status(ApiClient client, String streamId) throws IOException {
        return client.get("/api/v1/streams/" + streamId).path("status").asString();
    }
}
