package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    private Path base = Path.of("");

    @Test
    void appearsWithAllItsFilesAtOnce() throws IOException {
        Path folder = base.resolve("highlights/match");
        try (OutputFolder output = new OutputFolder(folder)) {
            Files.writeString(output.draft("01.mp4"), "clip");
            assertThat(folder).doesNotExist();

            output.publish(result(output.target("01.mp4")));
        }

        assertThat(names(folder)).containsExactly("01.mp4", "highlights.json");
        assertThat(names(base.resolve("highlights"))).containsExactly("match");
    }

    @Test
    void leavesNothingOfWhatWasNotFinished() throws IOException {
        try (OutputFolder output = new OutputFolder(base.resolve("highlights/match"))) {
            Files.writeString(output.draft("01.mp4"), "half a clip");
        }

        assertThat(base).isEmptyDirectory();
    }

    @Test
    void leavesWhatWasThereWhenItIsNotFinished() throws IOException {
        Path folder = Files.createDirectories(base.resolve("highlights/match"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        try (OutputFolder output = new OutputFolder(folder)) {
            Files.writeString(output.draft("01.mp4"), "half a clip");
        }

        assertThat(names(folder)).containsExactly("notes.txt");
    }

    @Test
    void replacesAnEarlierAnalysisAndNothingElse() throws IOException {
        Path folder = base.resolve("match");
        publish(folder, "01.mp4", "02.mp4");
        Files.writeString(folder.resolve("notes.txt"), "mine");

        publish(folder, "01.mp4");

        assertThat(names(folder)).containsExactly("01.mp4", "highlights.json", "notes.txt");
    }

    @Test
    void neverDeletesWhatAListNamesOutsideTheFolder() throws IOException {
        Path stranger = Files.writeString(base.resolve("precious.mp4"), "mine");
        Path folder = Files.createDirectories(base.resolve("match"));
        Files.writeString(
                folder.resolve("highlights.json"),
                "{\"highlights\": [{\"clip\": \"" + folder + "/../precious.mp4\", \"thumbnail\": \"" + stranger
                        + "\"}]}");

        publish(folder, "01.mp4");

        assertThat(stranger).exists();
    }

    @Test
    void refusesAFolderWhoseListIsNotOurs() throws IOException {
        Path folder = Files.createDirectories(base.resolve("match"));
        Files.writeString(folder.resolve("highlights.json"), "not JSON");

        assertThatThrownBy(() -> publish(folder, "01.mp4"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--out");
        assertThat(names(folder)).containsExactly("highlights.json");
    }

    @Test
    void takesNothingMoreOnceItWasGivenUp() throws IOException {
        OutputFolder output = new OutputFolder(base.resolve("match"));
        output.close();

        assertThatThrownBy(() -> output.draft("01.mp4")).isInstanceOf(IOException.class);
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsToldBeforeTheWorkBegins() throws IOException {
        Path file = Files.writeString(base.resolve("file"), "mine");

        for (Path folder : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> OutputFolder.requireUsable(folder, "file:///match.mp4"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("--out");
        }
        assertThat(names(base)).containsExactly("file");
    }

    @Test
    void aFolderThatCanBeMadeIsNotMadeYet() throws IOException {
        OutputFolder.requireUsable(base.resolve("highlights/match"), "file:///match.mp4");

        assertThat(base).isEmptyDirectory();
    }

    @Test
    void theHighlightsOfAnotherSourceAreNotReplaced() throws IOException {
        Path folder = Files.createDirectories(base.resolve("match"));
        Files.writeString(folder.resolve("highlights.json"), "{\"stream\": {\"source_url\": \"file:///a/match.mp4\"}}");

        OutputFolder.requireUsable(folder, "file:///a/match.mp4");
        assertThatThrownBy(() -> OutputFolder.requireUsable(folder, "file:///b/match.mp4"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("file:///a/match.mp4");
    }

    private static void publish(Path folder, String... names) throws IOException {
        try (OutputFolder output = new OutputFolder(folder)) {
            for (String name : names) {
                Files.writeString(output.draft(name), "clip");
            }
            output.publish(result(Stream.of(names).map(output::target).toArray(Path[]::new)));
        }
    }

    private static AnalysisResult result(Path... clips) {
        List<SavedHighlight> saved = Stream.of(clips)
                .map(clip -> new SavedHighlight(1, Json.of("{}"), clip, null))
                .toList();
        return new AnalysisResult(Json.of("{}"), saved, List.of());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
