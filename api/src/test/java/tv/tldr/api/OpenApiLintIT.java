package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What do those say of {@code openapi.json} who know how such documents are written? */
class OpenApiLintIT {
    private static final String RELEASE = "6.16.3";

    @Test
    void nothingIsWrongWithTheDescription() throws Exception {
        FetchedTool spectral = FetchedTool.node("@stoplight/spectral-cli", RELEASE, "spectral");
        Path folder = Path.of("").toAbsolutePath();
        Path log = folder.resolve("target/spectral.log");

        int code = spectral.run(
                folder,
                log,
                Duration.ofMinutes(3),
                Map.of(),
                List.of(
                        "lint",
                        "--ruleset",
                        "src/test/resources/spectral.yaml",
                        "--fail-severity",
                        "hint",
                        "src/main/resources/openapi.json"));

        assertThat(Files.readString(log)).contains("No results with a severity of 'hint' or higher found!");
        assertThat(code).isZero();
    }
}
