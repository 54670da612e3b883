package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.tldr.workflows.stream.TimeRange;

class LabelFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsSpansInEitherSpelling() throws IOException {
        Path file = write("[{\"start\": 1.5, \"end\": 3, \"kind\": \"kill\"}, {\"start_time\": 4, \"end_time\": 5}]");

        assertThat(LabelFile.read(file)).containsExactly(new TimeRange(1.5, 3), new TimeRange(4, 5));
    }

    @Test
    void noSpansAreLabelsToo() throws IOException {
        assertThat(LabelFile.read(write("[]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[{}]", "[{\"start\": 5, \"end\": 1}]", "[{\"start\": \"1\", \"end\": 2}]", "[1"})
    void saysWhatLabelsLookLike(String text) throws IOException {
        Path file = write(text);

        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("[{\"start\": 12.5, \"end\": 31}]");
    }

    @Test
    void looksBesideTheVideo() {
        assertThat(LabelFile.beside(Path.of("/v/match.one.mp4"))).isEqualTo(Path.of("/v/match.one.labels.json"));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("labels.json"), text);
    }
}
