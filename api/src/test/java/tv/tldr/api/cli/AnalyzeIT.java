package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What does a person get from {@code tldr analyze} and {@code tldr evaluate}? The command as it is typed, the whole program behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzeIT {
    private static final String LIVELY = "--threshold=0.3";

    private Path folder = Path.of("");
    private Program serve;
    private Footage footage = new Footage(folder);

    @BeforeAll
    void start(@TempDir Path fresh) throws IOException {
        folder = fresh.toRealPath();
        footage = new Footage(folder);
        serve = Program.start(folder, "serve");
        serve.ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        serve.end();
    }

    @Test
    void putsClipsAndThumbnailsIntoAFolderAndTellsWhy() throws IOException {
        Typed ending = analyze(Footage.SAMPLE.toString(), LIVELY, "--json", "--out", "found");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.json().at("/stream/status").asString()).isEqualTo("completed");
        assertThat(ending.json().at("/rejected").isArray()).isTrue();
        assertThat(ending.highlights()).isNotEmpty().allSatisfy(highlight -> {
            double length = highlight.path("end_time").asDouble()
                    - highlight.path("start_time").asDouble();
            Path clip = Path.of(highlight.path("clip").asString());
            assertThat(length).isBetween(15.0, 60.0);
            assertThat(highlight.path("peak_time").asDouble())
                    .isBetween(
                            highlight.path("start_time").asDouble(),
                            highlight.path("end_time").asDouble());
            assertThat(highlight.path("confidence_score").asDouble()).isBetween(0.3, 1.0);
            assertThat(highlight.path("type").asString()).isNotEmpty();
            assertThat(highlight.path("dimensions").size()).isEqualTo(6);
            assertThat(highlight.path("reasons").size()).isPositive();
            assertThat(clip).hasParent(folder.resolve("found").toRealPath());
            assertThat(Path.of(highlight.path("thumbnail").asString())).isNotEmptyFile();
            assertThat(fastStart(clip)).isTrue();
            assertThat(analyze(clip.toString(), "--json", "--out", "again")
                            .json()
                            .at("/stream/duration_seconds")
                            .asDouble())
                    .isCloseTo(length, within(0.05));
        });
        assertThat(folder.resolve(".tldr/scratch")).isEmptyDirectory();
    }

    @Test
    void findsTheSameAgain() {
        Typed first = analyze(Footage.SAMPLE.toString(), LIVELY, "--json", "--out", "first");
        Typed second = analyze(Footage.SAMPLE.toString(), LIVELY, "--json", "--out", "second");

        assertThat(second.highlights().stream().map(AnalyzeIT::decision))
                .containsExactlyElementsOf(
                        first.highlights().stream().map(AnalyzeIT::decision).toList());
    }

    @Test
    void printsATableForPeople() {
        Typed ending = analyze(Footage.SAMPLE.toString(), LIVELY, "--out", "table");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.out().lines().findFirst().orElse("")).contains("START", "PEAK", "CONFIDENCE", "TYPE", "FILE");
        assertThat(ending.out()).contains("table/01_at_").doesNotContain("\u001b");
        assertThat(ending.err()).contains("Watch it: http").contains("100 %");
    }

    @Test
    void listensToSoundAlone() {
        Path podcast = footage.make("podcast.mp3", "-i SAMPLE -vn -c:a libmp3lame");

        Typed ending = analyze(podcast.toString(), "--preset=podcast_default", LIVELY, "--json", "--out", "podcast");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.json().at("/stream/coverage").asDouble()).isEqualTo(1);
        assertThat(ending.highlights()).isNotEmpty().allSatisfy(highlight -> assertThat(
                        Path.of(highlight.path("clip").asString()))
                .isNotEmptyFile());
    }

    @Test
    void looksAtPictureAlone() {
        Path silent = footage.make("silent.mp4", "-i SAMPLE -an -c:v copy");

        Typed ending = analyze(silent.toString(), LIVELY, "--json", "--out", "silent");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.json().at("/stream/status").asString()).isEqualTo("completed");
    }

    /** Unlike one whose index was lost with its end, which is no film any more. */
    @Test
    void goesAsFarAsAFilmThatWasCutOffBehindItsIndexAndSaysWhatIsMissing() throws IOException {
        Path cut = footage.make("cut-off.mp4", "-i SAMPLE -t 40 -c copy -movflags +faststart");
        try (var channel = Files.newByteChannel(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        Typed ending = analyze(cut.toString(), "--json", "--out", "cut-off");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.err()).contains("WARNING: SOURCE_ENDED: ");
        JsonNode stream = ending.json().path("stream");
        assertThat(stream.path("status").asString()).isEqualTo("completed");
        assertThat(stream.path("coverage").asDouble()).isBetween(0.3, 0.8);
        assertThat(stream.at("/errors/0/code").asString()).isEqualTo("SOURCE_ENDED");
    }

    @Test
    void saysWhyOneSecondHasNoHighlights() {
        Path second = footage.make("second.mp4", "-i SAMPLE -t 1");

        Typed ending = analyze(second.toString(), "--json", "--out", "second-long");

        assertThat(ending.exitCode()).isZero();
        assertThat(ending.json().at("/stream/empty_reason").asString()).isNotEmpty();
        assertThat(folder.resolve("second-long")).doesNotExist();
    }

    @Test
    void measuresHighlightsAgainstLabels() throws IOException {
        footage.make("labelled.mp4", "-ss 70 -i SAMPLE -t 20 -c copy");
        Files.writeString(folder.resolve("truth.json"), "[{\"start\": 0, \"end\": 20}]");

        Typed first = evaluate("labelled.mp4", "--labels", "truth.json", "--threshold=0", "--json");
        Typed second = evaluate("labelled.mp4", "--labels", "truth.json", "--threshold=0", "--json");
        Typed table = evaluate("labelled.mp4", "--labels", "truth.json", "--threshold=0");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        JsonNode video = first.json().at("/videos/0");
        assertThat(first.json().path("videos").size()).isEqualTo(1);
        assertThat(video.path("video").asString()).isEqualTo("labelled.mp4");
        assertThat(video.path("duration").asDouble()).isCloseTo(20, within(0.5));
        assertThat(video.path("truth").asInt()).isEqualTo(1);
        assertThat(video.path("highlights").asInt()).isPositive();
        // Whatever is found in it overlaps a label that is as long as the film.
        assertThat(video.path("hit_at_1").asDouble()).isEqualTo(1);
        assertThat(video.path("seconds_delivered").asDouble()).isBetween(15.0, 20.5);
        assertThat(first.json().path("mean").path("f1_seconds")).isEqualTo(video.path("f1_seconds"));

        assertThat(table.exitCode()).isZero();
        assertThat(table.out().lines()).hasSize(3);
        assertThat(table.out().lines().skip(1).findFirst().orElse(""))
                .startsWith("labelled.mp4")
                .containsPattern("( +[01]\\.[0-9]{2}){6} +[0-9]+ / 1 ");
        assertThat(table.err()).contains("labelled.mp4");
        assertThat(folder.resolve("highlights/labelled")).doesNotExist();
    }

    @Test
    void saysWhichVideoCouldNotBeMeasured() throws IOException {
        Files.writeString(folder.resolve("notes.mp4"), "not a film");
        Files.writeString(folder.resolve("notes.labels.json"), "[{\"start\": 0, \"end\": 20}]");

        Typed ending = evaluate("notes.mp4");

        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.err()).contains("tldr: notes.mp4: SOURCE_NOT_MEDIA: ");
        assertThat(ending.out()).isEmpty();
    }

    private Typed analyze(String... arguments) {
        return typed("analyze", arguments);
    }

    private Typed evaluate(String... arguments) {
        return typed("evaluate", arguments);
    }

    private Typed typed(String command, String... arguments) {
        return Typed.in(
                folder, Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
    }

    private static List<Object> decision(JsonNode highlight) {
        return List.of(
                highlight.path("start_time"),
                highlight.path("end_time"),
                highlight.path("peak_time"),
                highlight.path("confidence_score"),
                highlight.path("type"),
                highlight.path("dimensions"),
                highlight.path("reasons"));
    }

    /** Whether a player can begin before the end has come: the index stands before the media. */
    private static boolean fastStart(Path clip) {
        try {
            String bytes = new String(Files.readAllBytes(clip), StandardCharsets.ISO_8859_1);
            return bytes.indexOf("moov") < bytes.indexOf("mdat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
