package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tv.tldr.activities.speech.TestSpeech;

/** What does a speech model on this machine add, without any key? The whole program, the real recogniser, real speech. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalTranscriptIT {
    private Path folder = Path.of("");
    private Program serve;
    private ApiClient client;

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        Files.writeString(folder.resolve(".env"), "VOSK_MODEL_PATH=" + TestSpeech.model() + "\n");
        serve = Program.start(folder, "serve");
        client = serve.ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        serve.end();
    }

    @Test
    void aStreamThatRulesAloneScoreHasATranscriptAndHearsItsWakeWords() throws IOException {
        Path video = TestSpeech.video(folder, "spoken.mp4", 75, 40.5);

        Typed ending = Typed.in(
                folder,
                "analyze",
                video.toString(),
                "--strategy=rule_based",
                "--wake-word=" + TestSpeech.WORD,
                "--json",
                "--out",
                "called");

        assertThat(ending.exitCode()).as(ending.err()).isZero();
        JsonNode result = ending.json();
        assertThat(result.at("/stream/errors")).isEmpty();
        String stream = "/api/v1/streams/" + result.at("/stream/id").asString();
        assertThat(list(client.get(stream + "/transcript").path("lines")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("text").asString()).isEqualTo(TestSpeech.WORD);
                    assertThat(line.path("source").asString()).isEqualTo("recognizer");
                    assertThat(line.path("start_time").asDouble()).isEqualTo(40.5, within(0.3));
                });
        assertThat(list(result.path("highlights"))).singleElement().satisfies(highlight -> {
            assertThat(highlight.path("tags").toString()).contains("wake_word");
            assertThat(highlight.at("/reasons/0").asString())
                    .startsWith("wake word “" + TestSpeech.WORD + "” heard at 0:00:40, likeness 1.00 (exact)");
            assertThat(highlight.path("transcript").toString()).contains(TestSpeech.WORD);
            assertThat(highlight.path("start_time").asDouble()).isLessThan(40);
            assertThat(highlight.path("end_time").asDouble()).isGreaterThan(40);
            assertThat(Path.of(highlight.path("clip").asString())).isNotEmptyFile();
        });
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
