package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Can somebody work with a client that a program writes for them from {@code openapi.json}? */
class GeneratedClientIT {
    private static final String RELEASE = "0.29.1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Sends bytes of a kind that tus alone knows. */
    private static final String FOR_TUS = "PATCH /api/v1/uploads/{id}";

    private final RunningApi api = RunningApi.shared();

    @Test
    void aGeneratedClientHasEveryOperationAndWorks() throws Exception {
        FetchedTool python = FetchedTool.python("openapi-python-client", RELEASE, "python");
        Path folder = Files.createDirectories(Path.of("target", "client").toAbsolutePath());
        Path said = folder.resolve("generated.log");
        Caller caller = api.caller("admin");
        Sample.completed(api, caller.organization());

        int generated = python.run(
                folder,
                said,
                PATIENCE,
                Map.of(),
                List.of(
                        "-m",
                        "openapi_python_client",
                        "generate",
                        "--overwrite",
                        "--output-path",
                        "python",
                        "--path",
                        Path.of("src/main/resources/openapi.json")
                                .toAbsolutePath()
                                .toString()));
        int used = python.run(
                folder,
                folder.resolve("used.log"),
                PATIENCE,
                Map.of(
                        "PYTHONPATH",
                        folder.resolve("python").toString(),
                        "TLDR_URL",
                        "http://127.0.0.1:" + api.port(),
                        "TLDR_KEY",
                        caller.key()),
                List.of(Path.of("src/test/resources/client/use.py")
                        .toAbsolutePath()
                        .toString()));

        assertThat(generated).as(Files.readString(said)).isZero();
        assertThat(Files.readAllLines(said))
                .filteredOn(line -> line.contains("Endpoint will not be generated") || line.contains("Unable to"))
                .allMatch(line -> line.contains(FOR_TUS));
        assertThat(used).as(Files.readString(folder.resolve("used.log"))).isZero();
    }
}
